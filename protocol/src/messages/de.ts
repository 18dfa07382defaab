import type { SurveyMessages } from "../survey.ts";

/** German. */
export const de: SurveyMessages = {
  region: "Kurze Umfrage",
  announcement: "Eine kurze Frage ist erschienen. Mit {hotkey} gelangen Sie dorthin.",
  close: "Schließen",
  send: "Senden",
  next: "Weiter",
  back: "Zurück",
  later: "Später fragen",
  never: "Nicht mehr fragen",
  why: "Warum werde ich gefragt?",
  whyText:
    "Das Team hinter diesem Produkt entscheidet mit Ihrer Antwort, was es verbessert. Die Antwort ist freiwillig, und Sie werden nur selten gefragt.",
  lastAsked: "Zuletzt wurden Sie am {date} gefragt.",
  other: "Etwas anderes",
  thanks: "Vielen Dank!",
  optional: "Freiwillig",
  thumbsUp: "Hilfreich",
  thumbsDown: "Nicht hilfreich",
  faces: ["Sehr schlecht", "Schlecht", "In Ordnung", "Gut", "Sehr gut"],
  ofMax: "{value} von {max}",
};
