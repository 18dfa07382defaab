/** A guess at how somebody felt who wrote a comment. */
export interface SentimentHint {
  label: "positive" | "neutral" | "negative";
  /** `rating`: what the person gave themselves; `words`: a guess from clear words, no more. */
  source: "rating" | "words";
}

/** On 0–100: the lowest two marks of five, and the highest two. */
const NEGATIVE_TO = 25;
const POSITIVE_FROM = 75;

/** Words that hardly ever stand in a comment of the other kind. English only: others stay without a guess. */
const NEGATIVE =
  /\b(crash(es|ed|ing)?|unusable|broken|useless|awful|terrible|horrible|hate|frustrat\w+|annoying|lost my (work|data)|doesn[’']?t work|not working|waste of (time|money)|switching to|cancel(l?ing)? (our|my|the) (plan|contract|subscription|account))\b/i;
const POSITIVE =
  /\b(love it|love (this|the|your)|excellent|fantastic|brilliant|amazing|awesome|works (great|perfectly)|saves? (me|us) (\w+ )?(time|hours)|well done|great job)\b/i;
/** Turns a meaning around, or makes it conditional: then nothing is guessed. */
const UNCLEAR =
  /\b(not|never|no longer|isn[’']?t|wasn[’']?t|aren[’']?t|hardly|but|although|however|would|could|if|used to)\b/i;

/**
 * How the writer of a comment probably felt. The rating beside it is the label; without one, clear
 * words may give a hint, and most comments get none.
 *
 * @param rating - 0–100 of the same showing, or null
 */
export function hintSentiment(text: string, rating: number | null): SentimentHint | null {
  if (rating !== null) {
    const label =
      rating <= NEGATIVE_TO ? "negative" : rating >= POSITIVE_FROM ? "positive" : "neutral";
    return { label, source: "rating" };
  }
  const isNegative = NEGATIVE.test(text);
  const isPositive = POSITIVE.test(text);
  const rest = text.replace(NEGATIVE, " ");
  if (isNegative === isPositive || UNCLEAR.test(rest)) return null;
  return { label: isNegative ? "negative" : "positive", source: "words" };
}

/** The middle of the marks that a label stands for, on 0–100. */
const MIDDLE = {
  negative: NEGATIVE_TO / 2,
  neutral: 50,
  positive: (POSITIVE_FROM + 100) / 2,
} as const satisfies Record<SentimentHint["label"], number>;

/**
 * A comment on 0–100, for models that weigh comments: the writer's own rating, else the middle of what
 * clear words hint at.
 *
 * @param rating - 0–100 of the same showing, or null
 * @returns null where nothing can be told
 */
export function rateComment(text: string, rating: number | null): number | null {
  if (rating !== null) return rating;
  const hint = hintSentiment(text, null);
  return hint && MIDDLE[hint.label];
}
