import type { EvaluationFigures, FigureDifference } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { FIGURE_WORDS, toFigureText } from "../../models/report/figure-words.ts";
import { toSigned } from "../format.ts";
import { Table } from "../ui/table.tsx";

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
  <Table
    label="Figures"
    rows={FIGURE_WORDS}
    columns={[
      {
        head: "Figure",
        help: "In brackets: the 95 % interval.",
        class: "name-cell",
        cell: ({ word, meaning }) => (
          <>
            {word}
            <span class="soft">{meaning}</span>
          </>
        ),
      },
      ...columns.map(({ word, figures }) => ({
        head: word,
        cell: ({ key, unit }: (typeof FIGURE_WORDS)[number]) => toFigureText(figures[key], unit),
      })),
    ]}
  />
);
