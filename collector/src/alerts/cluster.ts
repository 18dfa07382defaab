import type { WebhookPlaybook } from "@telltale/protocol";
import { v7 } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import { publishMessage } from "../webhooks/publish-message.ts";
import {
  clusterKey,
  countForCluster,
  findRecentRelease,
  markMembers,
  type OpenCluster,
} from "./cluster-queries.ts";
import { insertAlert, type NewAlert, updateAlert } from "./queries.ts";
import type { AlertRule } from "./rule.ts";

/** A cluster has at least so many accounts, and at least this share of those with a score. */
const MIN_ACCOUNTS = 5;
const MIN_SHARE = 0.05;

/**
 * Lets a cluster alert speak for an alert when many accounts opened the same rule for the same
 * cause within a day: one alert about forty accounts instead of forty. The alerts themselves stay,
 * for the accounts' pages.
 *
 * @returns true when the alert shall not be told on its own
 */
export async function joinCluster(
  sql: SqlQueryable,
  alert: NewAlert,
  { rule, playbook }: { rule: AlertRule; playbook: WebhookPlaybook },
): Promise<boolean> {
  const { projectId, cause, openedAt: at } = alert;
  const key = clusterKey(rule.key, cause);
  const { members, scored, names } = await countForCluster(sql, {
    projectId,
    rule: rule.key,
    cause,
    at,
  });
  if (members < Math.max(MIN_ACCOUNTS, Math.ceil(MIN_SHARE * scored))) return false;
  await markMembers(sql, { projectId, rule: rule.key, cause, key, at });
  const release = await findRecentRelease(sql, projectId, at);
  const after = release ? ` since release ${release}` : "";
  const cluster: NewAlert = {
    ...alert,
    accountId: "",
    id: v7(),
    rule: key,
    level: "intervene",
    summary: `${members} accounts: ${rule.name.toLowerCase()}, all for ${cause}${after}.`,
    detail: { playbook, release },
  };
  if (!(await insertAlert(sql, cluster))) return true;
  await publishMessage(sql, {
    projectId,
    type: "alert.opened",
    accountId: "",
    sequence: null,
    data: {
      schemaVersion: 1,
      account: null,
      alert: {
        id: cluster.id,
        rule: key,
        level: cluster.level,
        status: "open",
        openedAt: at,
        summary: cluster.summary,
      },
      cluster: { rule: rule.key, cause, release, accountCount: members, accounts: names },
      playbook: { ...playbook, message: cluster.summary },
    },
    at,
  });
  return true;
}

/** Ends a cluster alert and says so. Its accounts' own alerts go their own ways. */
export async function resolveCluster(
  sql: SqlQueryable,
  cluster: OpenCluster & { projectId: string; at: string },
): Promise<void> {
  const { projectId, id, rule, level, at } = cluster;
  const summary = `Over: ${cluster.summary}`.slice(0, 500);
  const status = "resolved";
  await updateAlert(sql, { projectId, accountId: "", id, level, status, summary, detail: {}, at });
  const openedAt = cluster.openedAt.toISOString();
  await publishMessage(sql, {
    projectId,
    type: "alert.resolved",
    accountId: "",
    sequence: null,
    data: {
      schemaVersion: 1,
      account: null,
      alert: { id, rule, level, status, openedAt, summary },
    },
    at,
  });
}
