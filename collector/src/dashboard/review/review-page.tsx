import type { FC } from "hono/jsx";
import type { DigestCounts } from "../../alerts/digest-queries.ts";
import { toPlan, toRoleWords } from "../alerts/alert-view.ts";
import { ALERT_TABS } from "../alerts/tabs.ts";
import { toCount, toScore, toWhole } from "../format.ts";
import { LevelBadge, toAlertTitle, toShortSummary } from "../ui/alert.tsx";
import { ModelDue } from "../ui/model-due.tsx";
import { Money, PageHead, Panel, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TierBadge } from "../ui/tier.tsx";
import { Tile } from "../ui/tile.tsx";
import type { Review, TierMove } from "./read-review.ts";
import { type ReviewSpan, ReviewSpans } from "./review-span.tsx";

const accountHref = (id: string): string => `/dashboard/accounts/${encodeURIComponent(id)}`;
const BADNESS = { healthy: 0, unknown: 0, at_risk: 1, critical: 2 };

/** The last days on one page, to walk through in a meeting and to print. */
export const ReviewPage: FC<{ review: Review; span: ReviewSpan }> = ({
  review: { counts, modelReview, moves, alerts, comments },
  span,
}) => {
  const worse = moves.filter(({ from, to }) => BADNESS[to] > BADNESS[from]);
  const better = moves.filter(({ from, to }) => BADNESS[to] < BADNESS[from]);
  return (
    <>
      <PageHead
        title="Weekly review"
        note={`What changed ${span.within}, in the order to talk about it. Prints on two pages.`}
      />
      <Tabs label="Alerts" tabs={ALERT_TABS} current="/dashboard/review" />
      <ReviewSpans span={span} />
      <div class="stack">
        <ModelDue review={modelReview} />
        <CountTiles counts={counts} within={span.within} />
        <Panel
          title={`1. Got worse: ${toCount(worse.length, "account")}`}
          note="by value; why, and who talks to them?"
        >
          <Moves moves={worse} none="No account changed to a worse tier." />
        </Panel>
        <Panel
          title="2. Waiting alerts"
          note={
            alerts.length < counts.unresolved ? (
              <a href="/dashboard/alerts">All in the inbox</a>
            ) : (
              "is the next step taken, and by whom?"
            )
          }
        >
          {alerts.length === 0 ? (
            <p class="soft">No alert waits for anybody.</p>
          ) : (
            <ul class="list">
              {alerts.map((alert) => {
                const { playbook, done, dueAt } = toPlan(alert);
                return (
                  <li class="mover">
                    <span>
                      <a href={`/dashboard/alerts/${alert.id}`}>{toAlertTitle(alert)}</a>{" "}
                      <LevelBadge level={alert.level} />
                    </span>
                    <span class="soft small">
                      {alert.assignee ?? toRoleWords(playbook?.ownerRole ?? "nobody yet")}
                      {dueAt !== null && (
                        <>
                          , due <When at={dueAt} />
                        </>
                      )}
                    </span>
                    <p>
                      {toShortSummary(alert)}
                      {playbook &&
                        ` ${playbook.name}: ${done.size} of ${playbook.steps.length} steps.`}
                    </p>
                  </li>
                );
              })}
            </ul>
          )}
        </Panel>
        <div class="columns">
          <Panel title={`3. Recovered: ${better.length}`} note="what worked?">
            <Moves moves={better} none="No account changed to a better tier." />
          </Panel>
          <Panel title="4. In their own words" note={`what they wrote ${span.within}`}>
            {comments.length === 0 ? (
              <p class="soft">Nobody wrote anything.</p>
            ) : (
              <ul class="list">
                {comments.map((comment) => (
                  <li class="stack tight">
                    <blockquote class="quote">{comment.text}</blockquote>
                    <span class="small soft">
                      <a href={accountHref(comment.accountId)}>
                        {comment.name ?? comment.accountId}
                      </a>
                      , <When at={comment.answeredAt} />
                      {comment.value100 !== null &&
                        `, rated ${Math.round(comment.value100)} of 100`}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
    </>
  );
};

/** The alerts in numbers, as `GET /v1/alerts/digest` gives them. */
const CountTiles: FC<{ counts: DigestCounts; within: string }> = ({ counts, within }) => {
  const tiles = [
    { word: "Opened", count: counts.opened, note: within },
    { word: "Escalated", count: counts.escalated, note: "nobody acknowledged in time" },
    { word: "Resolved", count: counts.resolved, note: within },
    {
      word: "Waiting",
      count: counts.unresolved,
      note: `${toWhole(counts.overdue)} past their due time`,
    },
  ];
  return (
    <div class="tiles">
      {tiles.map(({ word, count, note }) => (
        <Tile label={word} number={toWhole(count)} note={note} />
      ))}
    </div>
  );
};

const Moves: FC<{ moves: TierMove[]; none: string }> = ({ moves, none }) =>
  moves.length === 0 ? (
    <p class="soft">{none}</p>
  ) : (
    <ul class="list">
      {moves.map((move) => (
        <li class="mover">
          <span class="row tight">
            <a href={accountHref(move.accountId)}>{move.name ?? move.accountId}</a>
            <span class="row tight nowrap">
              <TierBadge tier={move.from} />→<TierBadge tier={move.to} />
            </span>
          </span>
          <span class="nowrap">
            {toScore(move.before)} → {toScore(move.score)}
          </span>
          <p>
            {move.reason}
            {move.value !== null && (
              <>
                {" "}
                Worth <Money value={move.value} /> a year.
              </>
            )}
            {move.owner && ` Looked after by ${move.owner}.`}
          </p>
        </li>
      ))}
    </ul>
  );
