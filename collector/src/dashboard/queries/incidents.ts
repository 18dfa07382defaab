import type { Sql } from "../../db/client.ts";

/** Times in which a source was at fault, newest first. */
export async function findIncidents(
  sql: Sql,
  projectId: string,
): Promise<{ reason: string; startedAt: Date; endedAt: Date | null }[]> {
  return sql<{ reason: string; startedAt: Date; endedAt: Date | null }[]>`
    SELECT reason, started_at AS "startedAt", ended_at AS "endedAt" FROM alert_mutes
    WHERE project_id = ${projectId} ORDER BY started_at DESC LIMIT 10`;
}
