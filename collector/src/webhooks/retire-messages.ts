import type { Sql } from "../db/client.ts";
import { deleteMessagesBefore } from "./retire-queries.ts";

/** Messages can be looked at and sent again for so long, in days. */
export const MESSAGE_DAYS = 90;
const DAY_MS = 86_400_000;
const PORTION = 2_000;

/**
 * Removes a project's messages with their deliveries and attempts once nobody looks back so far;
 * sooner where the project keeps its events for a shorter time, because messages quote people. What
 * is still to be delivered stays.
 *
 * @param retentionDays - of the project's events; null: for good
 * @returns how many messages went
 */
export async function retireMessages(
  sql: Sql,
  projectId: string,
  { retentionDays, now }: { retentionDays: number | null; now: number },
): Promise<number> {
  const days = Math.min(MESSAGE_DAYS, retentionDays ?? MESSAGE_DAYS);
  const before = new Date(now - days * DAY_MS).toISOString();
  let retired = 0;
  for (;;) {
    const gone = await deleteMessagesBefore(sql, projectId, { before, limit: PORTION });
    retired += gone;
    if (gone < PORTION) return retired;
  }
}
