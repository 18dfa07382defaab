import type { SurveyMessages } from "../survey.ts";

/** Swedish. */
export const sv: SurveyMessages = {
  region: "Kort enkät",
  announcement: "En kort fråga har dykt upp. Tryck på {hotkey} för att komma till den.",
  close: "Stäng",
  send: "Skicka",
  next: "Nästa",
  back: "Tillbaka",
  later: "Fråga senare",
  never: "Fråga inte igen",
  why: "Varför får jag frågan?",
  whyText:
    "Teamet bakom produkten använder ditt svar för att avgöra vad som ska bli bättre. Det är frivilligt att svara, och vi frågar sällan.",
  lastAsked: "Du tillfrågades senast den {date}.",
  other: "Något annat",
  thanks: "Tack!",
  optional: "Frivilligt",
  thumbsUp: "Till hjälp",
  thumbsDown: "Inte till hjälp",
  faces: ["Mycket dåligt", "Dåligt", "Okej", "Bra", "Mycket bra"],
  ofMax: "{value} av {max}",
};
