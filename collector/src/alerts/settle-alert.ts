import type { SqlQueryable } from "../db/client.ts";
import type { ScoreChange } from "../webhooks/account-data.ts";
import { publishAlert } from "./publish-alert.ts";
import { type AlertLevel, type AlertStatus, type OpenAlert, updateAlert } from "./queries.ts";
import { writeResolved } from "./rule-queries.ts";

/** Where an alert goes from here. */
export interface Settlement {
  open: OpenAlert;
  rule: string;
  level: AlertLevel;
  status: AlertStatus;
  summary: string;
  /** Nobody took it in time: it is told again even where there is no higher level. */
  isOverdue?: boolean;
  /** Who ends it; absent: the rule. */
  by?: "rule" | "person";
}

const RANK = { monitor: 0, outreach: 1, intervene: 2 };

/** Brings an alert up to date. A higher level and the end are told; the rest only shows. */
export async function settleAlert(
  sql: SqlQueryable,
  change: ScoreChange,
  { open, rule, level, status, summary, isOverdue = false, by = "rule" }: Settlement,
): Promise<void> {
  const { projectId, account, at } = change;
  const key = { projectId, accountId: account.id };
  const update = {
    ...key,
    id: open.id,
    level,
    status,
    summary: summary.slice(0, 500),
    detail: {},
    at,
  };
  await updateAlert(sql, update);
  if (status === "resolved") await writeResolved(sql, { ...key, rule, at, by });
  const isWorse = isOverdue || RANK[level] > RANK[open.level];
  const type = status === "resolved" ? "alert.resolved" : isWorse ? "alert.escalated" : null;
  // The cluster alert speaks for its members, in the end too.
  if (!type || open.clusterRule !== null) return;
  await publishAlert(sql, change, {
    type,
    alert: { id: open.id, rule, level, status, openedAt: open.openedAt, summary: update.summary },
    playbook: open.playbook,
  });
}
