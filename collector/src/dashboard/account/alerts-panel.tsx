import type { FC } from "hono/jsx";
import type { AlertRow } from "../alerts/queries.ts";
import { toCount } from "../format.ts";
import { LevelBadge, STATUS_WORDS, toShortSummary } from "../ui/alert.tsx";
import { Panel, When } from "../ui/parts.tsx";
import { type AccountMessageRow, MOST_MESSAGES } from "./queries.ts";

/** What is open about the account, and what was. */
export const AccountAlerts: FC<{ alerts: AlertRow[]; canAct: boolean }> = ({ alerts }) => {
  const open = alerts.filter(({ status }) => status !== "resolved");
  const past = alerts.filter(({ status }) => status === "resolved");
  return (
    <Panel title={open.length > 0 ? toCount(open.length, "open alert") : "Alerts"} id="alerts">
      <ul class="list">
        {open.map((alert) => (
          <li class="stack tight">
            <span class="row">
              <LevelBadge level={alert.level} />
              <a href={`/dashboard/alerts/${alert.id}`}>{toShortSummary(alert)}</a>
            </span>
            <span class="soft small">
              {alert.status === "open" ? "Opened" : `${STATUS_WORDS[alert.status]}, opened`}{" "}
              <When at={alert.openedAt} />
            </span>
          </li>
        ))}
      </ul>
      {past.length > 0 && (
        <details>
          <summary class="small">{toCount(past.length, "resolved alert")}</summary>
          <ul class="list small">
            {past.map((alert) => (
              <li>
                <a href={`/dashboard/alerts/${alert.id}`}>{toShortSummary(alert)}</a>{" "}
                <span class="soft">
                  resolved <When at={alert.resolvedAt ?? alert.updatedAt} />
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
};

/** What other systems were told about the account; what nobody wants is one sentence. */
export const AccountMessages: FC<{ messages: AccountMessageRow[] }> = ({ messages }) => {
  const sent = messages.filter(({ deliveries }) => deliveries > 0);
  const unsent = messages.length - sent.length;
  return (
    <Panel title="Webhooks" id="webhooks" note={`the newest ${MOST_MESSAGES}`}>
      {messages.length === 0 && <p class="soft">No message about this account was made yet.</p>}
      {sent.length > 0 && (
        <ul class="list small">
          {sent.map(({ id, type, createdAt, deliveries, succeeded, failed }) => (
            <li id={`message-${id}`}>
              <code class="block">{type}</code>
              <span class="soft">
                {failed > 0
                  ? `${toCount(failed, "delivery", "deliveries")} failed`
                  : `${succeeded} of ${deliveries} delivered`}
                , <When at={createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {unsent > 0 && (
        <p class={sent.length > 0 ? "soft small apart-above" : "soft small"}>
          {sent.length > 0 ? `${toCount(unsent, "other")}` : toCount(unsent, "message")} went to
          nobody: no <a href="/dashboard/data/webhooks">endpoint</a> takes{" "}
          {unsent === 1 ? "it" : "them"}.
        </p>
      )}
    </Panel>
  );
};
