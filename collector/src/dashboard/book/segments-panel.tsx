import type { FC } from "hono/jsx";
import { Spark } from "../charts/spark.tsx";
import { toCount, toScore, toWhole } from "../format.ts";
import type { SegmentRow } from "../summaries/segment-queries.ts";
import { Delta, Money, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

const FULL_SCORE = 100;

/** How groups of accounts do against each other and against themselves four weeks ago. */
export const SegmentsPanel: FC<{ segments: readonly SegmentRow[] }> = ({ segments }) => {
  if (segments.length === 0) return null;
  const hasValue = segments.some(({ valueAtRisk }) => valueAtRisk !== null);
  return (
    <Panel
      title="Segments"
      id="segments"
      note="the change is that of the accounts that had a score then, too"
    >
      <Table
        label="Segments"
        isList
        rows={segments}
        columns={[
          {
            head: "Segment",
            class: "name-cell",
            cell: ({ segment }) => <Name segment={segment} />,
          },
          {
            head: "Accounts",
            kind: "number",
            class: "wide",
            cell: ({ accounts }) => toWhole(accounts),
          },
          { head: "Mean score", kind: "number", cell: ({ score }) => toScore(score) },
          {
            head: "In 28 days",
            kind: "number",
            cell: ({ change }) => <Delta points={change} />,
          },
          {
            head: "Scored then",
            kind: "number",
            class: "wide",
            cell: ({ compared }) => toWhole(compared),
          },
          { head: "13 weeks", class: "wide", cell: (row) => <Past row={row} /> },
          { head: "At risk", kind: "number", cell: ({ atRisk }) => toWhole(atRisk) },
          ...(hasValue
            ? [
                {
                  head: "Value at risk",
                  kind: "number" as const,
                  class: "wide",
                  cell: ({ valueAtRisk }: SegmentRow) =>
                    valueAtRisk === null ? "–" : <Money value={valueAtRisk} style="whole" />,
                },
              ]
            : []),
        ]}
      />
    </Panel>
  );
};

const Name: FC<{ segment: string }> = ({ segment }) => (
  <a href={`/dashboard?${new URLSearchParams({ segment })}#accounts`}>
    {segment.replace(":", ": ")}
  </a>
);

const Past: FC<{ row: SegmentRow }> = ({ row: { segment, past, score } }) => {
  const means = [...past, score];
  const known = means.filter((mean) => mean !== null);
  return (
    <Spark
      values={means}
      max={FULL_SCORE}
      label={`${segment.replace(":", ": ")}: mean score of ${toCount(known.length, "week")}, ${known.map(toScore).join(", ")}`}
    />
  );
};
