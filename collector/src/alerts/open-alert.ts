import { v7 } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import { choosePlaybook } from "../playbooks/choose-playbook.ts";
import { findContactPause } from "../playbooks/contact-budget.ts";
import { fillPlaybook } from "../playbooks/fill-playbook.ts";
import { findPattern } from "../playbooks/route-playbook.ts";
import type { ScoreChange } from "../webhooks/account-data.ts";
import { joinCluster } from "./cluster.ts";
import { publishAlert } from "./publish-alert.ts";
import { type AlertLevel, insertAlert } from "./queries.ts";
import type { AlertRule } from "./rule.ts";

/** An alert that is due. */
export interface DueAlert {
  rule: AlertRule;
  level: AlertLevel;
  /** What happened, in a sentence. */
  summary: string;
}

/**
 * Opens an alert with its playbook and tells the world, unless the account and rule have one
 * already. Where many accounts fall for one cause, a cluster alert speaks for this one.
 *
 * @returns whether it was opened
 */
export async function openAlert(
  sql: SqlQueryable,
  change: ScoreChange,
  { rule, level, summary }: DueAlert,
): Promise<boolean> {
  const { projectId, account, current, at } = change;
  const pattern = findPattern(current.drivers);
  const chosen = await choosePlaybook(sql, projectId, { key: rule.playbookKey, pattern });
  const filled = fillPlaybook(chosen, change);
  const pause =
    level === "monitor"
      ? null
      : await findContactPause(sql, projectId, { accountId: account.id, at });
  const playbook = pause ? { ...filled, steps: [pause, ...filled.steps] } : filled;
  const alert = {
    projectId,
    accountId: account.id,
    id: v7(),
    rule: rule.key,
    level,
    summary: summary.slice(0, 500),
    detail: { playbook, ...(chosen.exit && { exit: chosen.exit }) },
    ownerRole: playbook.ownerRole,
    cause: pattern,
    openedAt: at,
  };
  if (!(await insertAlert(sql, alert))) return false;
  if (await joinCluster(sql, alert, { rule, playbook })) return true;
  const { id, openedAt } = alert;
  await publishAlert(sql, change, {
    type: "alert.opened",
    alert: { id, rule: rule.key, level, status: "open", openedAt, summary: alert.summary },
    playbook,
  });
  return true;
}
