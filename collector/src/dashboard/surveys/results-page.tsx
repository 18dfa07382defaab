import type { FC } from "hono/jsx";
import type { z } from "zod";
import type { resultsSchema } from "../../surveys/results-schema.ts";
import type { Survey } from "../../surveys/survey-definition.ts";
import { ShareBar } from "../charts/share-bar.tsx";
import { Spark } from "../charts/spark.tsx";
import { toCount, toPercent, toSigned, toTenth, toWhole } from "../format.ts";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { SurveyState } from "./list-page.tsx";

type Results = z.output<typeof resultsSchema>;
type Question = Results["questions"][number];

const SCORE_WORDS: Record<string, string> = {
  nps: "NPS",
  csat: "Satisfied, %",
  ces: "Ease, mean",
  thumbs: "Thumbs up, %",
  mean: "Mean",
};

export interface Audience {
  examined: number;
  eligible: number;
  refusals: Record<string, number>;
}

interface ResultsProps {
  survey: Survey;
  results: Results;
  /** Null unless somebody asked. */
  audience: Audience | null;
  canChange: boolean;
}

/** What a survey found out. */
export const ResultsPage: FC<ResultsProps> = ({ survey, results, audience, canChange }) => {
  const { prompts, responseRate } = results;
  const path = `/dashboard/surveys/${survey.id}`;
  return (
    <>
      <p class="crumb">
        <a href="/dashboard/surveys">Surveys</a>
      </p>
      <PageHead
        title={survey.name}
        note={
          <span class="row">
            <SurveyState status={survey.status} />
            <span>last 90 days against the 90 before</span>
          </span>
        }
      >
        {canChange && (
          <form method="post" action={`${path}/status`}>
            <input
              type="hidden"
              name="status"
              value={survey.status === "live" ? "stopped" : "live"}
            />
            <button type="submit" class={survey.status === "live" ? "danger" : "primary"}>
              {survey.status === "live" ? "Stop asking" : "Start asking"}
            </button>
          </form>
        )}
      </PageHead>
      <div class="stack">
        <div class="tiles">
          <Tile
            label="Shown"
            number={toWhole(prompts.shown)}
            note={`${toCount(prompts.requested, "time")} on request`}
          />
          <Tile
            label="Answered"
            number={toWhole(prompts.answered)}
            note={`${toWhole(prompts.completed)} to the end`}
          />
          <Tile
            label="Response rate"
            number={responseRate ? `${toTenth(responseRate.value)} %` : "–"}
            note={
              responseRate
                ? `${toTenth(responseRate.low)} to ${toTenth(responseRate.high)} %`
                : "nobody was asked yet"
            }
          />
          <Tile
            label="Closed"
            number={toWhole(prompts.dismissed)}
            note={`${toWhole(prompts.postponed)} later, ${toWhole(prompts.optedOut)} never again`}
          />
        </div>
        {prompts.answered === 0 && prompts.requested === 0 && (
          <Panel title="No answer yet">
            <Empty
              title={
                survey.status === "live" ? "Waiting for the first answer" : "It asks nobody yet"
              }
              icon="speech"
            >
              {survey.status === "live"
                ? "Each person is asked once, when the trigger occurs; answers appear here within seconds."
                : "Start it, and whoever fits is asked when the trigger occurs."}
            </Empty>
          </Panel>
        )}
        <div class="columns main-aside">
          <div class="stack">
            {results.questions.map((question) => (
              <QuestionPanel question={question} />
            ))}
          </div>
          <div class="stack">
            <Panel title="In their own words" note="newest 50">
              {results.comments.length === 0 ? (
                <p class="soft">Nobody wrote anything.</p>
              ) : (
                <ul class="list">
                  {results.comments.map((comment) => (
                    <li class="stack tight">
                      <blockquote class="quote">{comment.text}</blockquote>
                      <span class="small soft">
                        {comment.accountId && (
                          <a href={`/dashboard/accounts/${encodeURIComponent(comment.accountId)}`}>
                            {comment.accountId}
                          </a>
                        )}{" "}
                        <When at={comment.answeredAt} />
                        {comment.sentiment && `, ${comment.sentiment.label}`}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </Panel>
            <AudiencePanel audience={audience} path={path} />
          </div>
        </div>
      </div>
    </>
  );
};

const Tile: FC<{ label: string; number: string; note: string }> = ({ label, number, note }) => (
  <div class="tile">
    <span class="label">{label}</span>
    <span class="number">{number}</span>
    <span class="note">{note}</span>
  </div>
);

const QuestionPanel: FC<{ question: Question }> = ({ question }) => (
  <Panel title={question.prompt} note={toCount(question.answers, "answer")}>
    {question.score && (
      <p class="row">
        <strong class="figure">{toTenth(question.score.value)}</strong>
        <span>
          {SCORE_WORDS[question.score.name] ?? question.score.name}
          <span class="soft">
            {" "}
            ({toTenth(question.score.low)} to {toTenth(question.score.high)}, 95 %)
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
      <table>
        <thead>
          <tr>
            <th scope="col">Answer</th>
            <th scope="col">Share</th>
            <th scope="col" class="number-cell">
              Answers
            </th>
          </tr>
        </thead>
        <tbody>
          {question.distribution.map(({ value, label, count, share }) => (
            <tr>
              <th scope="row">{label ?? value ?? "Other"}</th>
              <td class="bar-cell">
                <ShareBar share={share} />
              </td>
              <td class="number-cell">
                {toWhole(count)} <span class="soft">({toPercent(share)})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    {question.segments.length > 0 && (
      <details>
        <summary class="small">By segment</summary>
        <dl class="facts small">
          {question.segments.map(({ segment, score }) => (
            <>
              <dt>{segment.replace(":", ": ")}</dt>
              <dd>
                {score ? `${toTenth(score.value)} from ${toCount(score.answers, "answer")}` : "–"}
              </dd>
            </>
          ))}
        </dl>
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

const AudiencePanel: FC<{ audience: Audience | null; path: string }> = ({ audience, path }) => (
  <Panel title="Who would see it now" id="audience">
    {audience ? (
      <>
        <p>
          <strong>{toWhole(audience.eligible)}</strong> of {toCount(audience.examined, "user")} seen
          in the last 30 days.
        </p>
        <dl class="facts small">
          {Object.entries(audience.refusals)
            .sort(([, a], [, b]) => b - a)
            .map(([reason, count]) => (
              <>
                <dt>{reason.replaceAll("_", " ")}</dt>
                <dd>{toWhole(count)}</dd>
              </>
            ))}
        </dl>
      </>
    ) : (
      <a class="button" href={`${path}?audience=1#audience`}>
        Count them
      </a>
    )}
  </Panel>
);
