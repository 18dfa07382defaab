import type { Child, FC } from "hono/jsx";
import type { AlertOutcome } from "../../alerts/act-on-alert.ts";
import type { Snooze } from "../../alerts/queries.ts";
import type { ContactBudget } from "../../playbooks/contact-budget.ts";
import { Day, Panel, When } from "../ui/parts.tsx";
import { OUTCOME_WORDS } from "./alert-view.ts";
import { BudgetText } from "./budget-text.tsx";
import type { AlertRow } from "./queries.ts";
import { ruleHref } from "./rules-page.tsx";

/** Who has an alert, what was done about it and when. */
export const StatePanel: FC<{
  alert: AlertRow;
  ruleName: string;
  budget: ContactBudget | null;
}> = ({ alert, ruleName, budget }) => {
  const { acknowledgedAt, snoozedUntil, escalatedAt, resolvedAt, outcome, note } = alert;
  const snoozes = (alert.detail.snoozes ?? []) as Snooze[];
  const facts: [word: string, fact: Child][] = [
    ["Owner", alert.assignee ?? "nobody yet"],
    ["Acknowledged", acknowledgedAt && <When at={acknowledgedAt} />],
    ["Comes back", alert.status === "snoozed" && snoozedUntil && <When at={snoozedUntil} />],
    ["Snoozed", snoozes.length > 0 && <Snoozes snoozes={snoozes} />],
    ["Escalated", escalatedAt && <When at={escalatedAt} />],
    ["Resolved", resolvedAt && <When at={resolvedAt} />],
    ["Outcome", outcome && (OUTCOME_WORDS[outcome as AlertOutcome] ?? outcome)],
    ["Note", note],
    ["Contact budget", budget && <BudgetText budget={budget} />],
    // A cluster is no rule that anybody could open.
    ["Rule", alert.accountId === "" ? ruleName : <a href={ruleHref(alert.rule)}>{ruleName}</a>],
  ];
  return (
    <Panel title="State">
      <dl class="facts">
        {facts
          .filter(([, fact]) => Boolean(fact))
          .map(([word, fact]) => (
            <>
              <dt>{word}</dt>
              <dd>{fact}</dd>
            </>
          ))}
      </dl>
    </Panel>
  );
};

/** Each time that it was put aside, and why. */
const Snoozes: FC<{ snoozes: Snooze[] }> = ({ snoozes }) => (
  <ol class="list">
    {snoozes.map(({ at, until, note, by }) => (
      <li>
        <When at={at} />
        {by && ` by ${by}`}, until <Day at={until} />
        {note && <q class="block">{note}</q>}
      </li>
    ))}
  </ol>
);
