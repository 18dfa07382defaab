import type { FC } from "hono/jsx";
import type { z } from "zod";
import type { resultsSchema } from "../../surveys/results-schema.ts";
import { ShareBar } from "../charts/share-bar.tsx";
import { Spark } from "../charts/spark.tsx";
import { toCount, toPercent, toSigned, toTenth, toWhole } from "../format.ts";
import { Day, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

type Question = z.output<typeof resultsSchema>["questions"][number];

/** Scores of questions by their names. */
export const SCORE_WORDS: Record<string, string> = {
  nps: "NPS",
  csat: "Satisfied, %",
  ces: "Ease, mean",
  thumbs: "Thumbs up, %",
  mean: "Mean",
};

/** What came back on one question. */
export const QuestionPanel: FC<{ question: Question }> = ({ question }) => (
  <Panel
    title={question.prompt}
    note={`${toCount(question.answers, "answer")}${question.isAsked ? "" : ", no longer asked"}`}
  >
    {question.wordings.length > 1 && (
      <details class="small">
        <summary>Reworded: a change may come from the words</summary>
        <ul class="list">
          {question.wordings.map(({ prompt, since }) => (
            <li class="row apart">
              <span>{prompt}</span>
              <span class="soft">
                since <Day at={since} />
              </span>
            </li>
          ))}
        </ul>
      </details>
    )}
    {question.answers === 0 && question.left === 0 && <p class="soft">Nobody answered yet.</p>}
    {question.kind === "text" && question.answers > 0 && (
      <p class="soft">
        Read them <a href="#words">in their own words</a>.
      </p>
    )}
    {question.score && (
      <p class="row">
        <strong class="figure">{toTenth(question.score.value)}</strong>
        <span>
          {SCORE_WORDS[question.score.name] ?? question.score.name}
          <span class="soft" title="95 % interval">
            {" "}
            (likely {toTenth(question.score.low)} to {toTenth(question.score.high)})
          </span>
        </span>
        {question.change && (
          <span class={question.change.isClear ? "" : "soft"}>
            {toSigned(question.change.value)} against before
            {question.change.isClear ? "" : ", within chance"}
          </span>
        )}
        {question.trend.length > 1 && (
          <Spark
            values={question.trend.map(({ score }) => score?.value ?? null)}
            label={`Week by week: ${question.trend.map(({ score }) => (score ? toTenth(score.value) : "none")).join(", ")}`}
          />
        )}
      </p>
    )}
    {question.distribution.length > 0 && (
      <Table
        label={question.prompt}
        rows={question.distribution}
        columns={[
          { head: "Answer", cell: ({ label, value }) => label ?? value ?? "Other" },
          { head: "Share", class: "bar-cell", cell: ({ share }) => <ShareBar share={share} /> },
          {
            head: "Answers",
            kind: "number",
            cell: ({ count, share }) => (
              <>
                {toWhole(count)} <span class="soft">({toPercent(share)})</span>
              </>
            ),
          },
        ]}
      />
    )}
    {question.segments.length > 0 && (
      <details>
        <summary class="small">By segment</summary>
        <Table
          label={`${question.prompt} By segment`}
          rows={question.segments}
          columns={[
            { head: "Segment", cell: ({ name }) => name },
            {
              head: SCORE_WORDS[question.score?.name ?? ""] ?? "Score",
              kind: "number",
              cell: ({ score }) =>
                score && (
                  <>
                    {toTenth(score.value)}{" "}
                    <span class="soft small">
                      ({toTenth(score.low)} to {toTenth(score.high)})
                    </span>
                  </>
                ),
            },
            { head: "Answers", kind: "number", cell: ({ score }) => toWhole(score?.answers ?? 0) },
          ]}
        />
      </details>
    )}
    {question.dropOffShare !== null && question.left > 0 && (
      <p class="soft small">
        {toPercent(question.dropOffShare)} closed the survey here (
        {toCount(question.left, "person", "people")}).
      </p>
    )}
  </Panel>
);
