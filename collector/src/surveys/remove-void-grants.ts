import type { Sql } from "../db/client.ts";
import { deleteVoidGrants } from "./impression-queries.ts";

const DAY_MS = 86_400_000;
/** Wishes are counted for a day against floods; nothing looks at an older grant that never showed. */
const KEPT_DAYS = 2;

/**
 * Removes grants of prompts that no browser ever showed: they stopped to count minutes after they
 * were made, wishes after a day.
 *
 * @param nowMs - milliseconds since the epoch
 * @returns how many
 */
export async function removeVoidGrants(sql: Sql, nowMs: number): Promise<number> {
  return deleteVoidGrants(sql, new Date(nowMs - KEPT_DAYS * DAY_MS).toISOString());
}
