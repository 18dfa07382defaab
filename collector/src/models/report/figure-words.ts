import type { EvaluationFigures, Figure } from "@telltale/scoring";

type Unit = "share" | "number" | "days";

interface FigureWords {
  key: keyof EvaluationFigures;
  word: string;
  meaning: string;
  unit: Unit;
}

/** The five figures that people ask of a health score, then those that statisticians add. */
export const FIGURE_WORDS: readonly FigureWords[] = [
  {
    key: "predictionAccuracy",
    word: "Prediction accuracy",
    meaning: "of the accounts that left, how many were flagged before (recall)",
    unit: "share",
  },
  {
    key: "falsePositiveRate",
    word: "False alarms",
    meaning: "of the flagged accounts, how many stayed (1 − precision)",
    unit: "share",
  },
  {
    key: "pointBiserial",
    word: "Correlation",
    meaning: "of the score with staying (point-biserial)",
    unit: "number",
  },
  {
    key: "coverage",
    word: "Coverage",
    meaning: "accounts with a score ÷ all",
    unit: "share",
  },
  {
    key: "leadTimeDays",
    word: "Lead time",
    meaning: "median days from the first flag to leaving",
    unit: "days",
  },
  {
    key: "areaUnderCurve",
    word: "AUC",
    meaning: "chance that one who left scored below one who stayed",
    unit: "number",
  },
  {
    key: "averagePrecision",
    word: "Average precision",
    meaning: "area under precision against recall",
    unit: "number",
  },
  {
    key: "spearman",
    word: "Rank correlation",
    meaning: "of the score with staying (Spearman)",
    unit: "number",
  },
  {
    key: "brier",
    word: "Brier score",
    meaning: "mean squared error of the probability; lower is better",
    unit: "number",
  },
  {
    key: "textbookFalsePositiveRate",
    word: "Textbook false positive rate",
    meaning: "of the accounts that stayed, how many were flagged",
    unit: "share",
  },
];

function inUnit(value: number, unit: Unit): string {
  if (unit === "share") return `${Math.round(value * 100)} %`;
  return value.toFixed(unit === "days" ? 1 : 2);
}

/** A figure in words: the value or why there is none, and its 95 % interval. */
export function toFigureWords(figure: Figure, unit: Unit): { value: string; range: string } {
  if (figure.status === "too-few-outcomes") return { value: "too few outcomes", range: "" };
  if (figure.value === null) return { value: "undefined", range: "" };
  const bounds = figure.interval?.map((bound) => inUnit(bound, unit));
  return { value: inUnit(figure.value, unit), range: bounds?.join(" to ") ?? "" };
}

/** {@link toFigureWords} as one text, such as `71 % (55 % to 88 %)`. */
export function toFigureText(figure: Figure, unit: Unit): string {
  const { value, range } = toFigureWords(figure, unit);
  return range ? `${value} (${range})` : value;
}
