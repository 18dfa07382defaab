import type { SurveyMessages } from "../survey.ts";

/** Italian. */
export const it: SurveyMessages = {
  region: "Breve sondaggio",
  announcement: "È apparsa una breve domanda. Premi {hotkey} per raggiungerla.",
  close: "Chiudi",
  send: "Invia",
  next: "Avanti",
  back: "Indietro",
  later: "Più tardi",
  never: "Non chiedere più",
  why: "Perché me lo chiedete?",
  whyText:
    "Il team di questo prodotto usa la tua risposta per decidere che cosa migliorare. Rispondere è facoltativo e lo chiediamo solo di rado.",
  lastAsked: "L’ultima volta te lo abbiamo chiesto il {date}.",
  other: "Altro",
  thanks: "Grazie!",
  optional: "Facoltativo",
  thumbsUp: "Utile",
  thumbsDown: "Non utile",
  faces: ["Pessimo", "Scarso", "Discreto", "Buono", "Ottimo"],
  ofMax: "{value} su {max}",
};
