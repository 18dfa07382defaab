import type { WebhookAccountData, WebhookPlaybook, WebhookType } from "@telltale/protocol";
import { v7 } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import { fillPlaybook } from "../playbooks/fill-playbook.ts";
import { routePlaybook } from "../playbooks/route-playbook.ts";
import { type ScoreChange, toAccountData } from "../webhooks/account-data.ts";
import { publishMessage } from "../webhooks/publish-message.ts";
import {
  type AlertLevel,
  type AlertStatus,
  insertAlert,
  lockOpenAlert,
  type OpenAlert,
  updateAlert,
} from "./queries.ts";

/** The rule that every project has: an account left the healthy tier. */
export const TIER_RULE = "tier";

const LEVELS = { at_risk: "outreach", critical: "intervene" } as const;
/** Higher is worse. Not knowing is no reason for an alert, nor for its end. */
const BADNESS = { healthy: 0, unknown: 0, at_risk: 1, critical: 2 };

/**
 * Opens the tier alert when the confirmed tier got worse, raises or lowers its level with the tier,
 * and resolves it when the account is healthy again. One alert an account: it is updated, never
 * repeated.
 */
export async function followTier(sql: SqlQueryable, change: ScoreChange): Promise<void> {
  const { previous, current } = change;
  if (previous === null || previous.tier === current.tier || current.tier === "unknown") return;
  const key = { projectId: change.projectId, accountId: change.account.id, rule: TIER_RULE };
  const open = await lockOpenAlert(sql, key);
  if (current.tier === "healthy") {
    if (open) await settle(sql, change, { open, level: open.level, status: "resolved" });
    return;
  }
  const level = LEVELS[current.tier];
  if (open) return settle(sql, change, { open, level, status: open.status });
  if (BADNESS[current.tier] > BADNESS[previous.tier]) await openAlert(sql, change, level);
}

async function openAlert(sql: SqlQueryable, change: ScoreChange, level: AlertLevel): Promise<void> {
  const playbook = fillPlaybook(routePlaybook(change.current.drivers), change);
  const alert = {
    projectId: change.projectId,
    accountId: change.account.id,
    id: v7(),
    rule: TIER_RULE,
    level,
    summary: summarise(change),
    detail: { playbook },
    openedAt: change.at,
  };
  if (!(await insertAlert(sql, alert))) return;
  await publishAlert(sql, change, "alert.opened", { ...alert, status: "open", playbook });
}

async function settle(
  sql: SqlQueryable,
  change: ScoreChange,
  next: { open: OpenAlert; level: AlertLevel; status: AlertStatus },
): Promise<void> {
  const { open, level, status } = next;
  const summary = summarise(change);
  await updateAlert(sql, {
    projectId: change.projectId,
    accountId: change.account.id,
    id: open.id,
    level,
    status,
    summary,
    detail: {},
    at: change.at,
  });
  const isWorse = level === "intervene" && open.level !== "intervene";
  const type = status === "resolved" ? "alert.resolved" : isWorse ? "alert.escalated" : null;
  if (type) await publishAlert(sql, change, type, { ...open, level, status, summary });
}

async function publishAlert(
  sql: SqlQueryable,
  change: ScoreChange,
  type: WebhookType,
  alert: Omit<NonNullable<WebhookAccountData["alert"]>, "rule"> & {
    playbook: WebhookPlaybook | null;
  },
): Promise<void> {
  const { id, level, status, openedAt, summary, playbook } = alert;
  await publishMessage(sql, {
    projectId: change.projectId,
    type,
    accountId: change.account.id,
    sequence: change.current.sequence,
    data: toAccountData(change, {
      ...(playbook && { playbook }),
      alert: { id, rule: TIER_RULE, level, status, openedAt, summary },
    }),
    at: change.at,
  });
}

function summarise({ account, previous, current }: ScoreChange): string {
  const name = account.name ?? account.id;
  const [worst] = [...current.drivers].sort((a, b) => a.contribution - b.contribution);
  const cause = worst && worst.contribution < 0 ? ` ${worst.sentence}` : "";
  const score = current.score === null ? "no score" : Math.round(current.score);
  return `${name}: ${previous?.tier ?? "unknown"} → ${current.tier} (${score}).${cause}`.slice(
    0,
    500,
  );
}
