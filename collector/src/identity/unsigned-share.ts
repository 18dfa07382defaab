import type { SqlQueryable } from "../db/client.ts";
import { sumProofCounts } from "./queries.ts";

/** How far back proofs count, in days. */
export const PROOF_DAYS = 28;
const DAY_MS = 86_400_000;

/** The UTC day of a moment. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The last day whose proofs are forgotten. */
export const forgottenDay = (now: number): string => dayOf(now - PROOF_DAYS * DAY_MS);

/**
 * Which part of an account's messages of the last 28 days came without a proof of identity.
 *
 * @param now - milliseconds since the epoch
 * @returns 0–1; null where no proof was asked for
 */
export async function findUnsignedShare(
  sql: SqlQueryable,
  { projectId, accountId, now }: { projectId: string; accountId: string; now: number },
): Promise<number | null> {
  const since = forgottenDay(now);
  const [count] = await sumProofCounts(sql, projectId, { accountIds: [accountId], since });
  return count ? count.unsigned / (count.signed + count.unsigned) : null;
}
