import type { SurveyMessages } from "../survey.ts";

/** French. */
export const fr: SurveyMessages = {
  region: "Petit sondage",
  announcement: "Une courte question vient d’apparaître. Appuyez sur {hotkey} pour y accéder.",
  close: "Fermer",
  send: "Envoyer",
  next: "Suivant",
  back: "Retour",
  later: "Plus tard",
  never: "Ne plus demander",
  why: "Pourquoi cette question ?",
  whyText:
    "L’équipe de ce produit s’appuie sur votre réponse pour choisir ce qu’elle va améliorer. Répondre est facultatif, et nous ne vous sollicitons que rarement.",
  lastAsked: "Nous vous avons sollicité pour la dernière fois le {date}.",
  other: "Autre chose",
  thanks: "Merci !",
  optional: "Facultatif",
  thumbsUp: "Utile",
  thumbsDown: "Pas utile",
  faces: ["Très mauvais", "Mauvais", "Correct", "Bien", "Très bien"],
  ofMax: "{value} sur {max}",
};
