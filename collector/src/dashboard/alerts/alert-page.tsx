import type { FC } from "hono/jsx";
import { type AlertOutcome, OUTCOMES } from "../../alerts/act-on-alert.ts";
import type { ContactBudget } from "../../playbooks/contact-budget.ts";
import { toCompact } from "../format.ts";
import { LevelBadge, STATUS_WORDS, toAlertTitle, toShortSummary } from "../ui/alert.tsx";
import { Icon } from "../ui/icon.tsx";
import { Panel, When } from "../ui/parts.tsx";
import { toPlan, toRoleWords } from "./alert-view.ts";
import { BudgetText } from "./budget-text.tsx";
import type { AlertRow } from "./queries.ts";
import { ruleHref } from "./rules-page.tsx";

/** What became of it, in the words of the form. */
const OUTCOME_WORDS: Record<AlertOutcome, string> = {
  contacted: "We talked to them",
  fixed: "The cause is fixed",
  no_action: "Nothing was needed",
  false_alarm: "False alarm",
};

/** One alert: what happened, what to do, and the buttons that do it. */
export const AlertPage: FC<{
  alert: AlertRow;
  canAct: boolean;
  members: string[];
  /** Null for an alert about several accounts. */
  budget: ContactBudget | null;
}> = ({ alert, canAct, members, budget }) => {
  const isOpen = alert.status !== "resolved";
  const isCluster = alert.accountId === "";
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
            {alert.value !== null && <span>{toCompact(alert.value)} a year</span>}
            {alert.accountId !== "" && (
              <a href={`/dashboard/accounts/${encodeURIComponent(alert.accountId)}`}>The account</a>
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
            <p>{toShortSummary(alert)}</p>
          </Panel>
          <PlaybookPanel alert={alert} canAct={canAct && isOpen} />
        </div>
        <div class="stack">
          <Panel title="State">
            <dl class="facts">
              <dt>Owner</dt>
              <dd>{alert.assignee ?? "nobody yet"}</dd>
              {alert.acknowledgedAt && (
                <>
                  <dt>Acknowledged</dt>
                  <dd>
                    <When at={alert.acknowledgedAt} />
                  </dd>
                </>
              )}
              {alert.status === "snoozed" && alert.snoozedUntil && (
                <>
                  <dt>Comes back</dt>
                  <dd>
                    <When at={alert.snoozedUntil} />
                  </dd>
                </>
              )}
              {alert.escalatedAt && (
                <>
                  <dt>Escalated</dt>
                  <dd>
                    <When at={alert.escalatedAt} />
                  </dd>
                </>
              )}
              {alert.resolvedAt && (
                <>
                  <dt>Resolved</dt>
                  <dd>
                    <When at={alert.resolvedAt} />
                  </dd>
                </>
              )}
              {alert.outcome && (
                <>
                  <dt>Outcome</dt>
                  <dd>{OUTCOME_WORDS[alert.outcome as AlertOutcome] ?? alert.outcome}</dd>
                </>
              )}
              {alert.note && (
                <>
                  <dt>Note</dt>
                  <dd>{alert.note}</dd>
                </>
              )}
              {budget && (
                <>
                  <dt>Contact budget</dt>
                  <dd>
                    <BudgetText budget={budget} />
                  </dd>
                </>
              )}
              <dt>Rule</dt>
              <dd>
                {isCluster ? (
                  <code>{alert.rule}</code>
                ) : (
                  <a href={ruleHref(alert.rule)}>{alert.rule}</a>
                )}
              </dd>
            </dl>
          </Panel>
          {canAct && isOpen && <ActPanel alert={alert} members={members} />}
        </div>
      </div>
    </>
  );
};

const PlaybookPanel: FC<{ alert: AlertRow; canAct: boolean }> = ({ alert, canAct }) => {
  const { playbook, done, dueAt } = toPlan(alert);
  if (!playbook) {
    return (
      <Panel title="Playbook">
        <p class="soft">This alert has no playbook; look at the account's drivers.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title={playbook.name}
      note={
        <>
          for the {toRoleWords(playbook.ownerRole)}
          {dueAt !== null && (
            <>
              , due <When at={dueAt} />
            </>
          )}
        </>
      }
    >
      <form method="post" action={`/dashboard/alerts/${alert.id}/steps`} class="stack">
        <fieldset disabled={!canAct}>
          <legend class="hidden-text">Steps that are done</legend>
          <ul class="list">
            {playbook.steps.map((step, at) => (
              <li>
                <label class="check">
                  <input type="checkbox" name={`step-${at}`} value="done" checked={done.has(at)} />
                  <span>{step}</span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
        {canAct && (
          <div>
            <button type="submit">Save progress</button>
          </div>
        )}
      </form>
      <details>
        <summary>A message to start from</summary>
        <pre>{playbook.message}</pre>
      </details>
    </Panel>
  );
};

const ActPanel: FC<{ alert: AlertRow; members: string[] }> = ({ alert, members }) => (
  <Panel title="Decide">
    <div class="stack">
      <form method="post" action={`/dashboard/alerts/${alert.id}/assign`} class="inline-form">
        <div class="field">
          <label for="assignee">Assign to</label>
          <input
            id="assignee"
            name="assignee"
            list="members"
            required
            value={alert.assignee ?? ""}
            maxlength={200}
          />
          <datalist id="members">
            {members.map((name) => (
              <option value={name} />
            ))}
          </datalist>
        </div>
        <button type="submit">Assign</button>
      </form>
      <form method="post" action={`/dashboard/alerts/${alert.id}/snooze`} class="inline-form">
        <div class="field">
          <label for="days">Snooze for</label>
          <select id="days" name="days">
            <option value="1">1 day</option>
            <option value="3">3 days</option>
            <option value="7" selected>
              7 days
            </option>
            <option value="14">14 days</option>
          </select>
        </div>
        <button type="submit">
          <Icon name="clock" />
          Snooze
        </button>
      </form>
      <form method="post" action={`/dashboard/alerts/${alert.id}/resolve`} class="stack">
        <div class="field">
          <label for="outcome">Resolve with</label>
          <select id="outcome" name="outcome">
            {OUTCOMES.map((outcome) => (
              <option value={outcome}>{OUTCOME_WORDS[outcome]}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="note">Note</label>
          <textarea id="note" name="note" maxlength={2000} />
          <span class="hint">What was learnt; it stays with the alert.</span>
        </div>
        <div>
          <button type="submit">
            <Icon name="check" />
            Resolve
          </button>
        </div>
      </form>
    </div>
  </Panel>
);
