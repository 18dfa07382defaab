import { describe, expect, it } from "vitest";
import { toAnswerWords } from "./answers-panel.tsx";

const answer = {
  survey: null,
  surveyId: "s",
  userId: "u",
  userName: null,
  choices: [],
  text: null,
  answeredAt: new Date(0),
};

describe("toAnswerWords", () => {
  it.each([
    ["csat", 2, 25, "CSAT 2 (25 of 100)"],
    ["nps", 9, 90, "NPS 9 of 10"],
    ["thumbs", 1, 100, "Thumbs up"],
    ["own", 3, null, "Answer 3"],
  ])("says what a %s of %d is to be held against", (measure, value, value100, words) => {
    expect(toAnswerWords({ ...answer, measure, value, value100 })).toBe(words);
  });
});
