import type { EvaluationFigures, FigureDifference } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { FIGURE_WORDS, toFigureText } from "../../models/report/figure-words.ts";
import { toSigned } from "../format.ts";
import { Scroll } from "../ui/parts.tsx";

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
        {FIGURE_WORDS.map(({ key, word, meaning, unit }) => (
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
