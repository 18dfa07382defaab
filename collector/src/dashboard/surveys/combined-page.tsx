import type { FC } from "hono/jsx";
import type { CombinedResults } from "../../surveys/combine-results.ts";
import { Spark } from "../charts/spark.tsx";
import { toCount, toPercent, toTenth, toWhole } from "../format.ts";
import { PageHead, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { SCORE_WORDS } from "./question-panel.tsx";
import { SpanForm } from "./span.tsx";

interface CombinedProps {
  results: CombinedResults;
  days: number;
}

/** Several surveys as one. */
export const CombinedPage: FC<CombinedProps> = ({ results, days }) => {
  const { surveys, prompts, responseRate, measures } = results;
  return (
    <>
      <p class="crumb">
        <a href="/dashboard/surveys">Surveys</a>
      </p>
      <PageHead
        title={`${toCount(surveys.length, "survey")} together`}
        note="Questions that measure the same on the same scale are one: an NPS asked in two places is one NPS."
      >
        <SpanForm
          path="/dashboard/surveys/combined"
          days={days}
          others={surveys.map(({ id }) => ["survey", id])}
        />
      </PageHead>
      <div class="stack">
        {measures.length === 0 && (
          <Panel title="Nothing to put together">
            <p class="soft">No answer with a mark came back in this time.</p>
          </Panel>
        )}
        {measures.map(({ name, marks, score, parts, weeks }) => (
          <Panel
            title={`${SCORE_WORDS[name] ?? name}${name === "csat" || name === "ces" ? `, 1 to ${marks}` : ""}`}
            note={toCount(score.answers, "answer")}
          >
            <p class="row">
              <strong class="figure">{toTenth(score.value)}</strong>
              <span class="soft" title="95 % interval">
                likely {toTenth(score.low)} to {toTenth(score.high)}
              </span>
              {weeks.length > 1 && (
                <Spark
                  values={weeks.map(({ value }) => value)}
                  label={`Week by week: ${weeks.map(({ value }) => toTenth(value)).join(", ")}`}
                />
              )}
            </p>
            <Table
              label={`${SCORE_WORDS[name] ?? name} by survey`}
              rows={parts}
              columns={[
                {
                  head: "Survey",
                  class: "name-cell",
                  cell: (part) => (
                    <>
                      <a href={`/dashboard/surveys/${part.surveyId}`}>{part.name}</a>
                      <span class="soft">{part.prompt}</span>
                    </>
                  ),
                },
                {
                  head: SCORE_WORDS[name] ?? name,
                  kind: "number",
                  cell: (part) => (
                    <>
                      {toTenth(part.score.value)}{" "}
                      <span class="soft small">
                        ({toTenth(part.score.low)} to {toTenth(part.score.high)})
                      </span>
                    </>
                  ),
                },
                { head: "Answers", kind: "number", cell: (part) => toWhole(part.score.answers) },
              ]}
            />
          </Panel>
        ))}
        <Panel
          title="Asked and answered"
          note={
            responseRate
              ? `${toTenth(responseRate.value)} % answer (${toTenth(responseRate.low)} to ${toTenth(responseRate.high)} %), ${toPercent(prompts.dismissed / prompts.shown)} close it`
              : "nobody was asked"
          }
        >
          <Table
            label="Asked and answered by survey"
            rows={surveys}
            columns={[
              { head: "Survey", cell: ({ name }) => name },
              { head: "Shown", kind: "number", cell: (row) => toWhole(row.prompts.shown) },
              { head: "Answered", kind: "number", cell: (row) => toWhole(row.prompts.answered) },
              { head: "Closed", kind: "number", cell: (row) => toWhole(row.prompts.dismissed) },
              {
                head: "Response rate",
                kind: "number",
                cell: (row) =>
                  row.prompts.shown === 0
                    ? "–"
                    : toPercent(row.prompts.answered / row.prompts.shown),
              },
            ]}
          />
        </Panel>
      </div>
    </>
  );
};
