import type { SqlQueryable } from "../db/client.ts";

/** Whether a source of data is at fault, so that no alert may fire. */
export async function isMuted(sql: SqlQueryable, projectId: string): Promise<boolean> {
  const rows = await sql`
    SELECT 1 FROM alert_mutes WHERE project_id = ${projectId} AND ended_at IS NULL LIMIT 1`;
  return rows.length > 0;
}

/**
 * Keeps alerts from opening until {@link unmuteAlerts} with the same reason. What is open stays
 * open. For data incidents: a silent source is a fault of measurement, not of the accounts.
 *
 * @param reason - names the incident, for instance `source_silent:usage`
 * @param at - ISO 8601
 */
export async function muteAlerts(
  sql: SqlQueryable,
  projectId: string,
  { reason, at }: { reason: string; at: string },
): Promise<void> {
  await sql`
    INSERT INTO alert_mutes (project_id, reason, started_at)
    VALUES (${projectId}, ${reason}, ${at}::timestamptz)
    ON CONFLICT (project_id, reason) DO UPDATE
    SET started_at = excluded.started_at, ended_at = NULL
    WHERE alert_mutes.ended_at IS NOT NULL`;
}

/** Lets alerts open again; what still holds opens with the next turn of the rules. */
export async function unmuteAlerts(
  sql: SqlQueryable,
  projectId: string,
  { reason, at }: { reason: string; at: string },
): Promise<void> {
  await sql`
    UPDATE alert_mutes SET ended_at = ${at}::timestamptz
    WHERE project_id = ${projectId} AND reason = ${reason} AND ended_at IS NULL`;
}
