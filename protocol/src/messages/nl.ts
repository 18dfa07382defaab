import type { SurveyMessages } from "../survey.ts";

/** Dutch. */
export const nl: SurveyMessages = {
  region: "Korte enquête",
  announcement: "Er is een korte vraag verschenen. Druk op {hotkey} om erheen te gaan.",
  close: "Sluiten",
  send: "Versturen",
  next: "Volgende",
  back: "Terug",
  later: "Vraag het later",
  never: "Niet meer vragen",
  why: "Waarom krijg ik deze vraag?",
  whyText:
    "Het team achter dit product bepaalt mede met uw antwoord wat het verbetert. Antwoorden is vrijwillig en we vragen het maar zelden.",
  lastAsked: "U bent voor het laatst gevraagd op {date}.",
  other: "Iets anders",
  thanks: "Dank u wel!",
  optional: "Niet verplicht",
  thumbsUp: "Nuttig",
  thumbsDown: "Niet nuttig",
  faces: ["Heel slecht", "Slecht", "Gaat wel", "Goed", "Heel goed"],
  ofMax: "{value} van {max}",
};
