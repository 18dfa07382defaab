import type { SqlQueryable } from "../db/client.ts";
import type { ScoreChange } from "../webhooks/account-data.ts";
import { isMuted } from "./mutes.ts";
import { openAlert } from "./open-alert.ts";
import { lockAlerts, lockOpenAlert } from "./queries.ts";
import { TIER_RULE } from "./rule.ts";
import { findResolvedAt, findRule } from "./rule-queries.ts";
import { settleAlert } from "./settle-alert.ts";

const LEVELS = { at_risk: "outreach", critical: "intervene" } as const;
/** Higher is worse. Not knowing is no reason for an alert, nor for its end. */
const BADNESS = { healthy: 0, unknown: 0, at_risk: 1, critical: 2 };
const HOUR_MS = 3_600_000;

/**
 * Opens the tier alert when the confirmed tier got worse, raises or lowers its level with the tier,
 * and resolves it when the account is healthy again. One alert an account: it is updated, never
 * repeated. What is held back here, by a mute or a cool-down, the rules' next turn finds.
 */
export async function followTier(sql: SqlQueryable, change: ScoreChange): Promise<void> {
  const { previous, current, projectId, account } = change;
  if (previous === null || previous.tier === current.tier || current.tier === "unknown") return;
  const key = { projectId, accountId: account.id, rule: TIER_RULE.key };
  await lockAlerts(sql, projectId);
  const open = await lockOpenAlert(sql, key);
  const summary = summariseTier(change);
  if (current.tier === "healthy") {
    const settled = { rule: key.rule, status: "resolved", summary } as const;
    if (open) await settleAlert(sql, change, { ...settled, open, level: open.level });
    return;
  }
  const level = LEVELS[current.tier];
  if (open) {
    await settleAlert(sql, change, { open, rule: key.rule, level, status: open.status, summary });
    return;
  }
  if (BADNESS[current.tier] <= BADNESS[previous.tier]) return;
  const rule = (await findRule(sql, projectId, TIER_RULE.key)) ?? TIER_RULE;
  const isWanted =
    rule.trigger.kind === "tier" && rule.isEnabled && rule.trigger.to.includes(current.tier);
  if (!isWanted || (await isMuted(sql, projectId))) return;
  const resolvedAt = await findResolvedAt(sql, key);
  const isCool =
    resolvedAt === null || Date.parse(change.at) - resolvedAt >= rule.coolDownHours * HOUR_MS;
  // A critical account is worth an alert also soon after the last one.
  if (isCool || current.tier === "critical") await openAlert(sql, change, { rule, level, summary });
}

/** What a change of tier is, in a sentence with its heaviest driver. */
export function summariseTier({ account, previous, current }: ScoreChange): string {
  const name = account.name ?? account.id;
  const [worst] = [...current.drivers].sort((a, b) => a.contribution - b.contribution);
  const cause = worst && worst.contribution < 0 ? ` ${worst.sentence}` : "";
  const score = current.score === null ? "no score" : Math.round(current.score);
  const from = inWords(previous?.tier ?? "unknown");
  const to = inWords(current.tier);
  const move = from === to ? to : `${from} → ${to}`;
  return `${name}: ${move} (${score}).${cause}`;
}

const inWords = (tier: string): string => tier.replace("_", " ");
