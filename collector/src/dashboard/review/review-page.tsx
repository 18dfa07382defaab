import type { FC } from "hono/jsx";
import { toPlan, toRoleWords } from "../alerts/alert-view.ts";
import { ALERT_TABS } from "../alerts/tabs.ts";
import { toCompact, toCount, toScore } from "../format.ts";
import { LevelBadge, toAlertTitle, toShortSummary } from "../ui/alert.tsx";
import { PageHead, Panel, Scroll, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TierBadge } from "../ui/tier.tsx";
import type { TierMove } from "./queries.ts";
import type { ReviewWeek } from "./read-week.ts";

const accountHref = (id: string): string => `/dashboard/accounts/${encodeURIComponent(id)}`;
const BADNESS = { healthy: 0, unknown: 0, at_risk: 1, critical: 2 };

/** The week on one page, to walk through in a meeting and to print. */
export const ReviewPage: FC<{ week: ReviewWeek }> = ({ week: { moves, alerts, comments } }) => {
  const worse = moves.filter(({ from, to }) => BADNESS[to] > BADNESS[from]);
  const better = moves.filter(({ from, to }) => BADNESS[to] < BADNESS[from]);
  return (
    <>
      <PageHead
        title="Weekly review"
        note="What changed in seven days, in the order to talk about it. Prints on two pages."
      />
      <Tabs label="Alerts" tabs={ALERT_TABS} current="/dashboard/review" />
      <div class="stack">
        <Panel
          title={`1. Got worse: ${toCount(worse.length, "account")}`}
          note="by value; why, and who talks to them?"
        >
          <Moves moves={worse} none="No account changed to a worse tier." />
        </Panel>
        <Panel
          title={`2. Open alerts: ${alerts.length}`}
          note="is the next step taken, and by whom?"
        >
          {alerts.length === 0 ? (
            <p class="soft">Nothing is open.</p>
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
          <Panel title="4. In their own words" note="comments of this week">
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

const Moves: FC<{ moves: TierMove[]; none: string }> = ({ moves, none }) =>
  moves.length === 0 ? (
    <p class="soft">{none}</p>
  ) : (
    <Scroll label="Accounts that changed tier">
      <table>
        <thead>
          <tr>
            <th scope="col">Account</th>
            <th scope="col">Then</th>
            <th scope="col">Now</th>
            <th scope="col" class="number-cell">
              Score
            </th>
            <th scope="col" class="number-cell">
              Value a year
            </th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => (
            <tr>
              <th scope="row" class="name-cell">
                <a href={accountHref(move.accountId)}>{move.name ?? move.accountId}</a>
                {move.owner && <span class="soft">{move.owner}</span>}
              </th>
              <td>
                <TierBadge tier={move.from} />
              </td>
              <td>
                <TierBadge tier={move.to} />
              </td>
              <td class="number-cell">
                {toScore(move.before)} → {toScore(move.score)}
              </td>
              <td class="number-cell">{move.value === null ? "–" : toCompact(move.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
