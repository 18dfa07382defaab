import type { SurveyMessages } from "../survey.ts";

/** Portuguese. */
export const pt: SurveyMessages = {
  region: "Pesquisa rápida",
  announcement: "Surgiu uma pergunta rápida. Pressione {hotkey} para ir até ela.",
  close: "Fechar",
  send: "Enviar",
  next: "Avançar",
  back: "Voltar",
  later: "Mais tarde",
  never: "Não perguntar de novo",
  why: "Por que me perguntam isto?",
  whyText:
    "A equipe deste produto usa a sua resposta para decidir o que melhorar. Responder é voluntário, e só perguntamos raramente.",
  lastAsked: "Perguntamos pela última vez em {date}.",
  other: "Outra coisa",
  thanks: "Obrigado!",
  optional: "Opcional",
  thumbsUp: "Útil",
  thumbsDown: "Não foi útil",
  faces: ["Muito ruim", "Ruim", "Razoável", "Bom", "Muito bom"],
  ofMax: "{value} de {max}",
};
