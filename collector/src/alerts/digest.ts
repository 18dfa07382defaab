import type { Tier } from "@telltale/protocol";
import type { Sql } from "../db/client.ts";
import { countAlertsBetween, type DigestCounts, readTierMoves } from "./digest-queries.ts";
import { type Alert, listAlerts } from "./list-alerts.ts";
import type { AlertLevel } from "./queries.ts";

/** What a team looks through in its daily or weekly review. Times are ISO 8601. */
export interface Digest extends DigestCounts {
  from: string;
  to: string;
  /** How many accounts went from one tier to another. */
  tierMoves: { from: Tier; to: Tier; accounts: number }[];
  /** Alerts that wait for somebody, the most urgent first. */
  review: (Alert & { isOverdue: boolean })[];
}

const DAY_MS = 86_400_000;
const REVIEWED = 100;
const URGENCY: Record<AlertLevel, number> = { intervene: 0, outreach: 1, monitor: 2 };

/**
 * Sums up the last days. What a cluster alert speaks for is in there once, as the cluster.
 *
 * @param now - milliseconds since the epoch
 */
export async function sumUpAlerts(
  sql: Sql,
  projectId: string,
  { days, now }: { days: number; now: number },
): Promise<Digest> {
  const span = toSpan({ days, now });
  const { data } = await listAlerts(sql, projectId, { status: "unresolved", limit: 500 });
  const review = data
    .filter(({ clusterRule }) => clusterRule === null)
    .map((alert) => ({ ...alert, isOverdue: isOverdue(alert, now) }))
    .sort(byUrgency)
    .slice(0, REVIEWED);
  return {
    ...span,
    ...(await countAlertsBetween(sql, projectId, span)),
    tierMoves: await readTierMoves(sql, projectId, span.from),
    review,
  };
}

/** The days up to now, as ISO 8601. */
export const toSpan = ({ days, now }: { days: number; now: number }) => ({
  from: new Date(now - days * DAY_MS).toISOString(),
  to: new Date(now).toISOString(),
});

function isOverdue({ playbook, status }: Alert, now: number): boolean {
  return status === "open" && playbook !== null && Date.parse(playbook.dueAt) < now;
}

function byUrgency(a: Digest["review"][number], b: Digest["review"][number]): number {
  return (
    URGENCY[a.level] - URGENCY[b.level] ||
    Number(b.isOverdue) - Number(a.isOverdue) ||
    Date.parse(a.openedAt) - Date.parse(b.openedAt)
  );
}
