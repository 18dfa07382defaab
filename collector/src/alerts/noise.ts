import type { Sql } from "../db/client.ts";
import { readNoise } from "./noise-queries.ts";

/** How much a role or rule is asked to look at, and how much of it was worth it. */
export interface Noise {
  ownerRole: string;
  rule: string;
  /** Alerts opened in the weeks looked at. */
  alerts: number;
  alertsPerWeek: number;
  /** Of those that ended: nobody did anything, or called it a false alarm. */
  noActionShare: number | null;
  /** Null when nothing needs to change. */
  suggestion: string | null;
}

/** More than this many alerts a week is more than a role can act on [ours]. */
const MAX_PER_WEEK = 10;
/** Above this share without action a rule is too sensitive. */
const MAX_NO_ACTION_SHARE = 0.2;
/** Fewer endings than this say nothing. */
const LEAST_ENDED = 5;

/**
 * The noise budget: for each role and rule, how often it fires and how much of it led to nothing,
 * with what to change.
 *
 * @param now - milliseconds since the epoch
 */
export async function measureNoise(
  sql: Sql,
  projectId: string,
  { weeks, now }: { weeks: number; now: number },
): Promise<Noise[]> {
  const since = new Date(now - weeks * 7 * 86_400_000).toISOString();
  return (await readNoise(sql, projectId, since)).map((row) => {
    const alertsPerWeek = Math.round((row.alerts / weeks) * 10) / 10;
    const noActionShare = row.ended < LEAST_ENDED ? null : row.inaction / row.ended;
    return {
      ownerRole: row.ownerRole,
      rule: row.rule,
      alerts: row.alerts,
      alertsPerWeek,
      noActionShare,
      suggestion: suggest(row.rule, alertsPerWeek, noActionShare),
    };
  });
}

function suggest(rule: string, perWeek: number, noActionShare: number | null): string | null {
  if (noActionShare !== null && noActionShare > MAX_NO_ACTION_SHARE) {
    const percent = Math.round(noActionShare * 100);
    return `${percent} % of "${rule}" led to nothing: demand more of its condition, or a longer notice, and try it in a dry run.`;
  }
  if (perWeek > MAX_PER_WEEK) {
    return `"${rule}" fires ${perWeek} times a week: lower it to monitor, or lengthen its notice or cool-down.`;
  }
  return null;
}
