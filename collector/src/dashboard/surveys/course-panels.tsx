import type { FC } from "hono/jsx";
import type { z } from "zod";
import type { resultsSchema } from "../../surveys/results-schema.ts";
import { ShareBar } from "../charts/share-bar.tsx";
import { Spark } from "../charts/spark.tsx";
import { toPercent, toWhole } from "../format.ts";
import { Day, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

type Results = z.output<typeof resultsSchema>;

const shareOf = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

/** Step by step: how many were asked, answered, and left. */
export const DropOffPanel: FC<{ results: Results }> = ({ results: { prompts, questions } }) => {
  const steps = [
    {
      name: "Shown",
      people: prompts.shown,
      left: prompts.dismissed + prompts.postponed + prompts.optedOut + prompts.abandoned,
      share: shareOf(prompts.shown - prompts.answered, prompts.shown),
      note: "gave no answer",
    },
    ...questions
      .filter(({ isAsked }) => isAsked)
      .map((question) => ({
        name: question.prompt,
        people: question.answers,
        left: question.left,
        share: question.dropOffShare ?? 0,
        note: "of those who came to it",
      })),
  ];
  return (
    <Panel title="Where people leave" note={`${toWhole(prompts.completed)} came to the end`}>
      <Table
        label="Where people leave"
        rows={steps}
        columns={[
          { head: "Step", cell: ({ name }) => name },
          { head: "People", kind: "number", cell: ({ people }) => toWhole(people) },
          { head: "Left here", kind: "number", cell: ({ left }) => toWhole(left) },
          {
            head: "Drop-off",
            kind: "number",
            cell: ({ share, note }) => (
              <>
                {toPercent(share)} <span class="soft small">{note}</span>
              </>
            ),
          },
        ]}
      />
    </Panel>
  );
};

/** Week by week: how many were asked, answered and closed it. */
export const WeeksPanel: FC<{ weeks: Results["weeks"] }> = ({ weeks }) => (
  <Panel title="Week by week" note="by when it was shown">
    {weeks.length > 1 && (
      <p class="row">
        <Spark
          values={weeks.map(({ shown, answered }) => (shown === 0 ? null : answered / shown))}
          label={`Response rate by week: ${weeks.map(({ shown, answered }) => toPercent(shareOf(answered, shown))).join(", ")}`}
        />
        <span class="soft small">response rate</span>
      </p>
    )}
    <Table
      label="Week by week"
      rows={[...weeks].reverse()}
      columns={[
        { head: "Week of", cell: ({ week }) => <Day at={week} /> },
        { head: "Shown", kind: "number", cell: ({ shown }) => toWhole(shown) },
        { head: "Answered", kind: "number", cell: ({ answered }) => toWhole(answered) },
        {
          head: "Rate",
          class: "bar-cell",
          cell: ({ shown, answered }) => <ShareBar share={shareOf(answered, shown)} />,
        },
        {
          head: "Response rate",
          kind: "number",
          cell: ({ shown, answered }) => (shown === 0 ? "–" : toPercent(answered / shown)),
        },
        { head: "Closed", kind: "number", cell: ({ dismissed }) => toWhole(dismissed) },
        {
          head: "Page left",
          kind: "number",
          class: "wide",
          cell: (week) => toWhole(week.abandoned),
        },
        { head: "Later", kind: "number", class: "wide", cell: (week) => toWhole(week.postponed) },
        { head: "Never", kind: "number", class: "wide", cell: (week) => toWhole(week.optedOut) },
      ]}
    />
  </Panel>
);
