import type { SurveyMessages } from "../survey.ts";

/** English. */
export const en: SurveyMessages = {
  region: "Short survey",
  announcement: "A short question has appeared. Press {hotkey} to reach it.",
  close: "Close",
  send: "Send",
  next: "Next",
  back: "Back",
  later: "Ask me later",
  never: "Don’t ask again",
  why: "Why am I being asked?",
  whyText:
    "The team behind this product uses your answer to decide what to improve. Answering is voluntary, and you are asked only rarely.",
  lastAsked: "You were last asked on {date}.",
  other: "Something else",
  thanks: "Thank you!",
  optional: "Optional",
  thumbsUp: "Helpful",
  thumbsDown: "Not helpful",
  faces: ["Very bad", "Bad", "Okay", "Good", "Very good"],
  ofMax: "{value} of {max}",
};
