import type { SurveyMessages } from "../survey.ts";

/** Spanish. */
export const es: SurveyMessages = {
  region: "Encuesta breve",
  announcement: "Ha aparecido una pregunta breve. Pulse {hotkey} para ir a ella.",
  close: "Cerrar",
  send: "Enviar",
  next: "Siguiente",
  back: "Atrás",
  later: "Más tarde",
  never: "No volver a preguntar",
  why: "¿Por qué me preguntan?",
  whyText:
    "El equipo de este producto usa su respuesta para decidir qué mejorar. Responder es voluntario y solo preguntamos de vez en cuando.",
  lastAsked: "La última vez que le preguntamos fue el {date}.",
  other: "Otra cosa",
  thanks: "¡Gracias!",
  optional: "Opcional",
  thumbsUp: "Útil",
  thumbsDown: "No es útil",
  faces: ["Muy mal", "Mal", "Normal", "Bien", "Muy bien"],
  ofMax: "{value} de {max}",
};
