import type { FC } from "hono/jsx";
import { useContext } from "hono/jsx";
import type { ModelReview } from "../../models/find-review.ts";
import { toCount, toScore } from "../format.ts";
import { LevelBadge, STATUS_WORDS, toAlertTitle, toShortSummary } from "../ui/alert.tsx";
import { Icon } from "../ui/icon.tsx";
import { ModelDue } from "../ui/model-due.tsx";
import { Empty, MomentContext, Money, PageHead, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { toPlan, toRoleWords } from "./alert-view.ts";
import type { InboxFilter, InboxSort } from "./inbox-filter.ts";
import type { AlertRow } from "./queries.ts";
import type { Inbox } from "./read-inbox.ts";
import { ALERT_TABS } from "./tabs.ts";

const STATES = [
  { value: "waiting", word: "Waiting" },
  { value: "snoozed", word: "Snoozed" },
  { value: "resolved", word: "Resolved" },
] as const;

/** What the choice says, and what it does beneath. */
const ORDERS: Record<InboxSort, { word: string; rule: string }> = {
  pressing: {
    word: "Most pressing",
    rule: "Overdue first; then by yearly value × level (intervene 3, outreach 2, monitor 1).",
  },
  value: { word: "Value", rule: "By what the account pays a year, the most first." },
  due: { word: "Due", rule: "By when the playbook is due, the earliest first." },
  newest: { word: "Newest", rule: "By when they opened, the latest first." },
};

/** Whose turn it is, what to do, and until when. */
export const InboxPage: FC<{ inbox: Inbox; filter: InboxFilter; review: ModelReview }> = ({
  inbox,
  filter,
  review,
}) => {
  const { alerts, counts, assignees, page } = inbox;
  const waiting = (counts.open ?? 0) + (counts.acknowledged ?? 0);
  const countOf = { waiting, snoozed: counts.snoozed ?? 0, resolved: counts.resolved ?? 0 };
  return (
    <>
      <PageHead
        title="Alerts"
        note={
          waiting === 0
            ? "Nothing waits for anybody."
            : `${toCount(waiting, "alert")} ${waiting === 1 ? "waits" : "wait"} for somebody.`
        }
      />
      <Tabs label="Alerts" tabs={ALERT_TABS} current="/dashboard/alerts" />
      <ModelDue review={review} />
      <section class="panel" aria-label="Inbox">
        <search>
          <form class="filters" method="get" action="/dashboard/alerts">
            <div class="field">
              <label for="alert-status">State</label>
              <select id="alert-status" name="status" data-send>
                {STATES.map(({ value, word }) => (
                  <option value={value} selected={filter.status === value}>
                    {word} ({countOf[value]})
                  </option>
                ))}
                <option value="" selected={filter.status === ""}>
                  All
                </option>
              </select>
            </div>
            <div class="field">
              <label for="alert-level">Level</label>
              <select id="alert-level" name="level" data-send>
                <option value="">All levels</option>
                {["intervene", "outreach", "monitor"].map((level) => (
                  <option value={level} selected={filter.level === level}>
                    {level[0]?.toUpperCase() + level.slice(1)}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="alert-assignee">Owner</label>
              <select id="alert-assignee" name="assignee" data-send>
                <option value="">Anybody</option>
                <option value="-" selected={filter.assignee === "-"}>
                  Nobody yet
                </option>
                {assignees.map((name) => (
                  <option value={name} selected={filter.assignee === name}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for="alert-sort">Order</label>
              <select id="alert-sort" name="sort" data-send aria-describedby="alert-order">
                {Object.entries(ORDERS).map(([sort, { word }]) => (
                  <option value={sort} selected={filter.sort === sort}>
                    {word}
                  </option>
                ))}
              </select>
            </div>
            <div class="buttons">
              <button type="submit">Filter</button>
            </div>
          </form>
        </search>
        <p class="soft small filters-note" id="alert-order">
          {ORDERS[filter.sort].rule}
        </p>
        {alerts.length === 0 ? (
          <Empty title="Nothing here" icon="check">
            {filter.status === "waiting"
              ? "No account needs a person right now. An alert opens when an account leaves its tier for a worse one and stays there."
              : "No alert fits this filter."}
          </Empty>
        ) : (
          <ul class="list inbox">
            {alerts.map((alert) => (
              <InboxItem alert={alert} />
            ))}
          </ul>
        )}
        {(page.number > 1 || page.hasMore) && (
          <div class="pages">
            <span>Page {page.number}</span>
            <nav aria-label="Pages">
              {page.number > 1 && (
                <a class="button" href={pageHref(filter, page.number - 1)}>
                  Previous
                </a>
              )}
              {page.hasMore && (
                <a class="button" href={pageHref(filter, page.number + 1)}>
                  Next
                </a>
              )}
            </nav>
          </div>
        )}
      </section>
    </>
  );
};

const pageHref = (filter: InboxFilter, page: number): string =>
  `/dashboard/alerts?${new URLSearchParams({ ...filter, page: String(page) })}`;

const InboxItem: FC<{ alert: AlertRow }> = ({ alert }) => {
  const { now } = useContext(MomentContext);
  const { playbook, done, dueAt } = toPlan(alert);
  const isOver = dueAt !== null && dueAt < now && alert.status === "open";
  return (
    <li class="inbox-item">
      <LevelBadge level={alert.level} />
      <div>
        <a class="title" href={`/dashboard/alerts/${alert.id}`}>
          {toAlertTitle(alert)}
        </a>
        <p>{toShortSummary(alert)}</p>
        <p class="soft small">
          {alert.scoreNow !== null && `Score today ${toScore(alert.scoreNow)} · `}
          {playbook && `${playbook.name} · ${done.size} of ${playbook.steps.length} steps · `}
          {alert.value !== null && (
            <>
              <Money value={alert.value} /> a year{" · "}
            </>
          )}
          opened <When at={alert.openedAt} />
        </p>
      </div>
      <div class="inbox-side small">
        <strong>{STATUS_WORDS[alert.status]}</strong>
        <span class="soft">
          {alert.assignee ?? toRoleWords(playbook?.ownerRole ?? "nobody yet")}
        </span>
        {alert.status === "snoozed" && alert.snoozedUntil ? (
          <span class="soft">
            back <When at={alert.snoozedUntil} />
          </span>
        ) : (
          dueAt !== null &&
          alert.status !== "resolved" && (
            <span class={isOver ? "overdue with-icon" : "soft"}>
              {isOver && <Icon name="clock" />}
              due <When at={dueAt} />
            </span>
          )
        )}
      </div>
    </li>
  );
};
