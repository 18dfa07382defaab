import type { Child, FC } from "hono/jsx";
import { isValueTrait } from "../../accounts/account-value.ts";
import { BudgetText } from "../alerts/budget-text.tsx";
import { HistoryChart } from "../charts/history-chart.tsx";
import { toCount, toNumber } from "../format.ts";
import { Day, Empty, Money, Panel, When } from "../ui/parts.tsx";
import { AccountAlerts, AccountMessages } from "./alerts-panel.tsx";
import { AnswersPanel } from "./answers-panel.tsx";
import { DriversPanel } from "./drivers-panel.tsx";
import { type Explained, ExplainPanel } from "./explain-panel.tsx";
import { FeaturesPanel } from "./features-panel.tsx";
import { type HistorySpan, HistorySpans } from "./history-span.tsx";
import type { AccountView } from "./read-account.ts";
import { ScoreHead } from "./score-head.tsx";
import { SignalsPanel } from "./signals-panel.tsx";
import { UsersPanel } from "./users-panel.tsx";

/** One account: how it stands, why, and what was said and done. */
export const AccountPage: FC<{
  view: AccountView;
  span: HistorySpan;
  explained: Explained;
  canAct: boolean;
  /** Panels that other folders have on the account. */
  beside: Child;
}> = ({ view, span, explained, canAct, beside }) => {
  const { facts, health, history, marks, bounds } = view;
  return (
    <>
      <p class="crumb">
        <a href="/dashboard">Book</a>
      </p>
      <div class="head">
        <div>
          <h1>{facts.name ?? facts.accountId}</h1>
          <p>
            <code>{facts.accountId}</code>
            {facts.value !== null && (
              <>
                {" · "}
                <Money value={facts.value} /> a year
              </>
            )}
            {facts.owner && ` · looked after by ${facts.owner}`} · last seen{" "}
            <When at={facts.lastSeenAt} />
          </p>
        </div>
        <div class="actions">
          <a
            class="button"
            href={`/dashboard/model/scenario?account=${encodeURIComponent(facts.accountId)}`}
          >
            What if?
          </a>
        </div>
      </div>
      <div class="stack">
        <ScoreHead view={view} />
        {view.alerts.length > 0 && <AccountAlerts alerts={view.alerts} canAct={canAct} />}
        <div class="columns main-aside">
          <div class="stack">
            {health && <DriversPanel health={health} />}
            <Panel
              title="History"
              id="history"
              note={
                history.length > 1
                  ? `${toCount(history.length, "day")}, one score a day; ${toCount(view.tierChanges, "change")} of tier`
                  : ""
              }
            >
              <HistorySpans span={span} days={explained} />
              {history.length > 1 ? (
                <HistoryChart days={history} marks={marks} bounds={bounds} />
              ) : (
                <Empty title="History starts tomorrow" icon="clock">
                  Each day's last score is kept, with the model that made it.
                </Empty>
              )}
              <ExplainPanel
                explained={explained}
                history={history}
                accountId={facts.accountId}
                span={span}
              />
            </Panel>
            {health && <SignalsPanel view={view} health={health} />}
            <FeaturesPanel view={view} />
          </div>
          <div class="stack">
            {beside}
            <AnswersPanel answers={view.answers} />
            <UsersPanel users={view.users} />
            <AboutPanel view={view} />
            <AccountMessages messages={view.messages} />
          </div>
        </div>
      </div>
    </>
  );
};

/** What an account pays as money, a moment as a day, a number in groups of three, all else as it came. */
const TraitValue: FC<{ name: string; value: unknown }> = ({ name, value }) => {
  if (typeof value === "number") {
    return isValueTrait(name) ? <Money value={value} style="whole" /> : toNumber(value);
  }
  return isMoment(value) ? <Day at={value} /> : String(value);
};

const isMoment = (value: unknown): value is string =>
  typeof value === "string" &&
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) &&
  !Number.isNaN(Date.parse(value));

const AboutPanel: FC<{ view: AccountView }> = ({ view: { facts, budget } }) => {
  const traits = Object.entries(facts.traits).filter(
    ([, value]) => ["string", "number", "boolean"].includes(typeof value) && value !== "",
  );
  return (
    <Panel title="About">
      <dl class="facts">
        <dt>Since</dt>
        <dd>
          <Day at={facts.createdAt} />
        </dd>
        <dt>Contact budget</dt>
        <dd>
          <BudgetText budget={budget} />
        </dd>
        {traits.slice(0, 24).map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>
              <TraitValue name={name} value={value} />
            </dd>
          </>
        ))}
        {Object.entries(facts.externalIds).map(([system, id]) => (
          <>
            <dt>{system}</dt>
            <dd>
              <code>{id}</code>
            </dd>
          </>
        ))}
      </dl>
    </Panel>
  );
};
