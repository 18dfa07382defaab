import type { Sql } from "../db/client.ts";
import { readContexts } from "./alert-context.ts";
import { resolveCluster } from "./cluster.ts";
import { findEmptyClusters } from "./cluster-queries.ts";
import { isMuted } from "./mutes.ts";
import { type AlertLevel, lockAlerts, lockOpenAlert } from "./queries.ts";
import { settleAlert } from "./settle-alert.ts";
import { findOverdueAlerts, markEscalated, wakeSnoozed } from "./tend-queries.ts";

const NEXT_LEVEL: Record<AlertLevel, AlertLevel> = {
  monitor: "outreach",
  outreach: "intervene",
  intervene: "intervene",
};

interface TendDeps {
  sql: Sql;
  /** Without a slash at the end. */
  publicUrl: string;
}

/**
 * What time alone does to alerts: snoozed ones wake, those that nobody acknowledged escalate once,
 * and cluster alerts end with their last account.
 *
 * @param now - milliseconds since the epoch
 * @returns how many escalated
 */
export async function tendAlerts(deps: TendDeps, projectId: string, now: number): Promise<number> {
  const at = new Date(now).toISOString();
  await deps.sql.begin(async (tx) => {
    await lockAlerts(tx, projectId);
    await wakeSnoozed(tx, projectId, at);
    for (const cluster of await findEmptyClusters(tx, projectId)) {
      await resolveCluster(tx, { ...cluster, projectId, at });
    }
  });
  // What can't be trusted to open an alert can't be trusted to raise one.
  if (await isMuted(deps.sql, projectId)) return 0;
  return escalate(deps, projectId, at);
}

async function escalate(
  { sql, publicUrl }: TendDeps,
  projectId: string,
  at: string,
): Promise<number> {
  return sql.begin(async (tx) => {
    await lockAlerts(tx, projectId);
    const overdue = await findOverdueAlerts(tx, projectId, at);
    const accountIds = overdue.map((alert) => alert.account_id);
    const contexts = await readContexts(tx, { projectId, accountIds, publicUrl, at });
    let escalated = 0;
    for (const { account_id: accountId, rule } of overdue) {
      const change = contexts.get(accountId);
      const open = await lockOpenAlert(tx, { projectId, accountId, rule });
      if (!change || !open || !(await markEscalated(tx, { projectId, id: open.id, at }))) continue;
      const level = NEXT_LEVEL[open.level];
      const summary = `Nobody acknowledged in time. ${open.summary}`;
      await settleAlert(tx, change, {
        open,
        rule,
        level,
        status: open.status,
        summary,
        isOverdue: true,
      });
      escalated++;
    }
    return escalated;
  });
}
