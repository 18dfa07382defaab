import type { SurveyMessages } from "../survey.ts";

/** Polish. */
export const pl: SurveyMessages = {
  region: "Krótka ankieta",
  announcement: "Pojawiło się krótkie pytanie. Naciśnij {hotkey}, aby do niego przejść.",
  close: "Zamknij",
  send: "Wyślij",
  next: "Dalej",
  back: "Wstecz",
  later: "Zapytaj później",
  never: "Nie pytaj więcej",
  why: "Dlaczego widzę to pytanie?",
  whyText:
    "Zespół tworzący ten produkt na podstawie Twojej odpowiedzi decyduje, co poprawić. Odpowiedź jest dobrowolna, a pytamy rzadko.",
  lastAsked: "Ostatnio pytaliśmy: {date}.",
  other: "Coś innego",
  thanks: "Dziękujemy!",
  optional: "Opcjonalnie",
  thumbsUp: "Pomocne",
  thumbsDown: "Niepomocne",
  faces: ["Bardzo źle", "Źle", "Przeciętnie", "Dobrze", "Bardzo dobrze"],
  ofMax: "{value} z {max}",
};
