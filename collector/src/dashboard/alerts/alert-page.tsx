import type { FC } from "hono/jsx";
import type { ContactBudget } from "../../playbooks/contact-budget.ts";
import { toScore } from "../format.ts";
import { LevelBadge, STATUS_WORDS, toAlertTitle, toShortSummary } from "../ui/alert.tsx";
import { Money, Panel, When } from "../ui/parts.tsx";
import { TierBadge } from "../ui/tier.tsx";
import { ActPanel } from "./act-panel.tsx";
import { PlaybookPanel } from "./playbook-panel.tsx";
import type { AlertRow } from "./queries.ts";
import { StatePanel } from "./state-panel.tsx";

/** One alert: what happened, what to do, and the buttons that do it. */
export const AlertPage: FC<{
  alert: AlertRow;
  canAct: boolean;
  members: string[];
  /** Of the rule that opened it. */
  ruleName: string;
  /** Null for an alert about several accounts. */
  budget: ContactBudget | null;
}> = ({ alert, canAct, members, ruleName, budget }) => {
  const isOpen = alert.status !== "resolved";
  const action = (verb: string): string => `/dashboard/alerts/${alert.id}/${verb}`;
  return (
    <>
      <p class="crumb">
        <a href="/dashboard/alerts">Alerts</a>
      </p>
      <div class="head">
        <div>
          <h1>{toAlertTitle(alert)}</h1>
          <p class="row">
            <LevelBadge level={alert.level} />
            <span>{STATUS_WORDS[alert.status]}</span>
            <span>
              opened <When at={alert.openedAt} />
            </span>
            {alert.value !== null && (
              <span>
                <Money value={alert.value} /> a year
              </span>
            )}
          </p>
        </div>
        {canAct && isOpen && (
          <div class="actions">
            {alert.status !== "acknowledged" && (
              <form method="post" action={action("acknowledge")}>
                <button type="submit" class="primary">
                  Acknowledge
                </button>
              </form>
            )}
          </div>
        )}
      </div>
      <div class="columns main-aside">
        <div class="stack">
          <Panel title="What happened">
            <div class="stack tight">
              <p>{toShortSummary(alert)}</p>
              <StandingNow alert={alert} />
            </div>
          </Panel>
          <PlaybookPanel alert={alert} canAct={canAct && isOpen} />
        </div>
        <div class="stack">
          <StatePanel alert={alert} ruleName={ruleName} budget={budget} />
          {canAct && isOpen && <ActPanel alert={alert} members={members} />}
        </div>
      </div>
    </>
  );
};

/** Whether it got better or worse since: the summary is of the moment when the alert opened. */
const StandingNow: FC<{ alert: AlertRow }> = ({ alert: { accountId, tierNow, scoreNow } }) =>
  accountId === "" ? null : (
    <p class="row">
      {tierNow !== null && (
        <span>
          Today: <TierBadge tier={tierNow} />
          {scoreNow !== null && ` ${toScore(scoreNow)} of 100`}
        </span>
      )}
      <a href={`/dashboard/accounts/${encodeURIComponent(accountId)}`}>
        What drives the score of this account
      </a>
    </p>
  );
