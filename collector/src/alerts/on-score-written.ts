import type { WebhookType } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";
import { type ScoreChange, toAccountData } from "../webhooks/account-data.ts";
import { publishMessage } from "../webhooks/publish-message.ts";
import { followTier } from "./follow-tier.ts";

export type { ScoreChange };

/**
 * Tells the world what a written score means: messages for a moved score and a changed tier, and
 * the alerts that open, grow or resolve with it. Call it in the transaction that writes the score,
 * so that score, alert and deliveries are committed together or not at all.
 */
export async function onScoreWritten(sql: SqlQueryable, change: ScoreChange): Promise<void> {
  if (hasScoreMoved(change)) await publishState(sql, change, "account.score_changed");
  if (hasTierChanged(change)) await publishState(sql, change, "account.tier_changed");
  await followTier(sql, change);
}

/** Whole points count: a score that creeps within one point is no news. */
export function hasScoreMoved({ previous, current }: ScoreChange): boolean {
  return toWhole(previous?.score ?? null) !== toWhole(current.score);
}

/** A first score has no tier to change from. */
export function hasTierChanged({ previous, current }: ScoreChange): boolean {
  return previous !== null && previous.tier !== current.tier;
}

function toWhole(score: number | null): number | null {
  return score === null ? null : Math.round(score);
}

async function publishState(
  sql: SqlQueryable,
  change: ScoreChange,
  type: WebhookType,
): Promise<void> {
  await publishMessage(sql, {
    projectId: change.projectId,
    type,
    accountId: change.account.id,
    sequence: change.current.sequence,
    data: toAccountData(change),
    at: change.at,
  });
}
