import { describe, expect, it } from "vitest";
import { hintSentiment, rateComment } from "./sentiment-hint.ts";

describe("hintSentiment", () => {
  it.each([
    [0, "negative"],
    [25, "negative"],
    [50, "neutral"],
    [75, "positive"],
    [100, "positive"],
  ])("takes the person's own rating of %d as the label", (rating, label) => {
    expect(hintSentiment("It crashes every time", rating)).toEqual({ label, source: "rating" });
  });

  it.each([
    ["It crashes every time I export", "negative"],
    ["We are switching to a competitor", "negative"],
    ["Saves me hours each week, love it", "positive"],
  ])("guesses from clear words where there is no rating: %s", (text, label) => {
    expect(hintSentiment(text, null)).toEqual({ label, source: "words" });
  });

  it.each([
    "It never crashes",
    "I would love it if exports were faster",
    "Love it, but it crashes",
    "It used to be excellent",
    "Bitte einen Export nach Excel",
    "Export to Excel please",
    "",
  ])("guesses nothing from unclear words, or another language: %s", (text) => {
    expect(hintSentiment(text, null)).toBeNull();
  });
});

describe("rateComment", () => {
  it.each([
    ["It crashes every time", 60, 60],
    ["It crashes every time", null, 12.5],
    ["Saves me hours each week, love it", null, 87.5],
    ["Export to Excel please", null, null],
  ])(
    "is the rating, else the middle of what clear words hint at: %s, %s",
    (text, rating, value) => {
      expect(rateComment(text, rating)).toBe(value);
    },
  );
});
