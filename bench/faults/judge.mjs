/** What injections share when they judge what is left. */

import { setTimeout as sleep } from "node:timers/promises";

/** Of the acknowledged messages: how many are missing, and how many rows are too many. */
export async function judge(sql, acknowledged) {
  const rows = await sql`SELECT message_id AS id FROM events`;
  const stored = new Set(rows.map(({ id }) => id));
  const missing = [...acknowledged].filter((id) => !stored.has(id)).length;
  return { missing, twice: rows.length - stored.size };
}

/** @returns the milliseconds until something holds; infinity when it does not in time */
export async function until(isTrue, withinMs) {
  const startedAt = performance.now();
  while (performance.now() - startedAt < withinMs) {
    if (await isTrue()) return performance.now() - startedAt;
    await sleep(20);
  }
  return Number.POSITIVE_INFINITY;
}

export async function countRows(sql, table) {
  const [{ n }] = await sql`SELECT count(*)::int AS n FROM ${sql(table)}`;
  return n;
}

/** The value below which a share of the values lies. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

export const seconds = (ms) => (ms / 1_000).toFixed(1);
