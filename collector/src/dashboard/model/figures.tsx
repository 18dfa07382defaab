import type { EvaluationFigures, Figure, FigureDifference } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { toPercent, toSigned, toTenth } from "../format.ts";
import { Scroll } from "../ui/parts.tsx";

type Unit = "share" | "number" | "days";

/** The five figures of a health score that people ask for, and the ones that statisticians add. */
const FIGURES: { key: keyof EvaluationFigures; word: string; meaning: string; unit: Unit }[] = [
  {
    key: "predictionAccuracy",
    word: "Prediction accuracy",
    meaning: "of those that left, how many were flagged before (recall)",
    unit: "share",
  },
  {
    key: "falsePositiveRate",
    word: "False alarms",
    meaning: "of the flags, how many stayed (1 − precision)",
    unit: "share",
  },
  {
    key: "pointBiserial",
    word: "Correlation",
    meaning: "of the score with staying (point-biserial)",
    unit: "number",
  },
  {
    key: "leadTimeDays",
    word: "Lead time",
    meaning: "median days from flag to leaving",
    unit: "days",
  },
  { key: "coverage", word: "Coverage", meaning: "of the model's weight, measured", unit: "share" },
  {
    key: "areaUnderCurve",
    word: "AUC",
    meaning: "that one who left scored below one who stayed",
    unit: "number",
  },
  {
    key: "brier",
    word: "Brier",
    meaning: "mean squared error of the probability; lower is better",
    unit: "number",
  },
];

function inUnit(value: number, unit: Unit): string {
  if (unit === "share") return toPercent(value);
  return unit === "days" ? toTenth(value) : value.toFixed(2);
}

/** A figure with its interval, or why there is none. */
export function toFigureText(figure: Figure, unit: Unit): string {
  if (figure.status === "too-few-outcomes") return "too few outcomes";
  if (figure.value === null) return "undefined";
  const { interval } = figure;
  const range = interval ? ` (${inUnit(interval[0], unit)} to ${inUnit(interval[1], unit)})` : "";
  return inUnit(figure.value, unit) + range;
}

/** A difference with its interval, in hundredths. */
export function toDifferenceText(difference: FigureDifference | null): string {
  if (!difference) return "unknown";
  const { value, interval } = difference;
  const range = interval
    ? ` (${toSigned(interval[0] * 100)} to ${toSigned(interval[1] * 100)})`
    : "";
  return `${toSigned(value * 100)} points${range}`;
}

/** Figures with 95 % intervals, side by side. */
export const FigureTable: FC<{ columns: { word: string; figures: EvaluationFigures }[] }> = ({
  columns,
}) => (
  <Scroll label="Figures">
    <table>
      <thead>
        <tr>
          <th scope="col">Figure (95 % interval)</th>
          {columns.map(({ word }) => (
            <th scope="col">{word}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {FIGURES.map(({ key, word, meaning, unit }) => (
          <tr>
            <th scope="row" class="name-cell">
              {word}
              <span class="soft">{meaning}</span>
            </th>
            {columns.map(({ figures }) => (
              <td>{toFigureText(figures[key], unit)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);
