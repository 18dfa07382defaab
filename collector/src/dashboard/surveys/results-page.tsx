import type { FC } from "hono/jsx";
import type { z } from "zod";
import type { resultsSchema } from "../../surveys/results-schema.ts";
import type { Survey } from "../../surveys/survey-definition.ts";
import { toCount, toPercent, toSigned, toTenth, toWhole } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { Tile } from "../ui/tile.tsx";
import { type Audience, AudiencePanel } from "./audience-panel.tsx";
import { DropOffPanel, WeeksPanel } from "./course-panels.tsx";
import { SurveyState } from "./list-page.tsx";
import { QuestionPanel } from "./question-panel.tsx";
import { SpanForm } from "./span.tsx";

type Results = z.output<typeof resultsSchema>;

interface ResultsProps {
  survey: Survey;
  results: Results;
  /** Null unless somebody asked. */
  audience: Audience | null;
  /** That are looked at, up to now. */
  days: number;
  canChange: boolean;
}

/** What a survey found out. */
export const ResultsPage: FC<ResultsProps> = ({ survey, results, audience, days, canChange }) => {
  const { prompts, responseRate, responseRateChange } = results;
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
            <span>
              {survey.version > 1 && `version ${survey.version}, all versions together; `}
              {days} days against the {days} before
            </span>
          </span>
        }
      >
        <SpanForm path={path} days={days} />
        <a class="button" href={`${path}/responses.csv`}>
          Answers as CSV
        </a>
        {canChange && (
          <a class="button" href={`${path}/edit`}>
            Change it
          </a>
        )}
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
      {survey.draft && <DraftNotice survey={survey} canChange={canChange} />}
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
                ? `${toTenth(responseRate.low)} to ${toTenth(responseRate.high)} %${sayChange(responseRateChange)}`
                : "nobody was asked yet"
            }
          />
          <Tile
            label="Closed"
            number={toWhole(prompts.dismissed)}
            note={`${prompts.shown > 0 ? `${toPercent(prompts.dismissed / prompts.shown)}; ` : ""}${toWhole(prompts.postponed)} later, ${toWhole(prompts.optedOut)} never again`}
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
            {prompts.shown > 0 && <DropOffPanel results={results} />}
            {results.weeks.length > 0 && <WeeksPanel weeks={results.weeks} />}
          </div>
          <div class="stack">
            <Panel title="In their own words" note="newest 50" id="words">
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
            <AudiencePanel audience={audience}>
              <a class="button" href={`${path}?audience=1&days=${days}#audience`}>
                Count them
              </a>
            </AudiencePanel>
          </div>
        </div>
      </div>
    </>
  );
};

const sayChange = (change: Results["responseRateChange"]): string =>
  change
    ? `; ${toSigned(change.value)} against before${change.isClear ? "" : ", within chance"}`
    : "";

const DraftNotice: FC<{ survey: Survey; canChange: boolean }> = ({ survey, canChange }) => (
  <Notice kind="warn">
    <div class="row apart">
      <span>A draft waits: people are still asked version {survey.version}.</span>
      {canChange && (
        <form class="row tight" method="post" action={`/dashboard/surveys/${survey.id}/draft`}>
          <a class="button" href={`/dashboard/surveys/${survey.id}/edit`}>
            Look at it
          </a>
          <button type="submit" name="then" value="publish" class="primary">
            Publish it
          </button>
          <button type="submit" name="then" value="discard" class="danger">
            Throw it away
          </button>
        </form>
      )}
    </div>
  </Notice>
);
