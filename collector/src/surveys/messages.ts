import type { SurveyMessages } from "@telltale/protocol";

/** The widget's own words in English. */
export const ENGLISH: SurveyMessages = {
  region: "Short survey",
  announcement: "A short question has appeared. Press {hotkey} to reach it.",
  close: "Close",
  send: "Send",
  next: "Next",
  back: "Back",
  later: "Ask me later",
  never: "Don’t ask again",
  why: "Why am I asked?",
  whyText:
    "Your answer goes to the team that builds this product and helps it decide what to improve.",
  other: "Other",
  thanks: "Thank you!",
  optional: "Optional",
  thumbsUp: "Good",
  thumbsDown: "Not good",
  faces: ["Very bad", "Bad", "Okay", "Good", "Very good"],
  ofMax: "{value} of {max}",
};
