import type { Sql } from "../db/client.ts";

/** Alerts that wait for somebody. */
export async function countOpenAlerts(sql: Sql, projectId: string): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    SELECT count(*)::int AS count FROM alerts WHERE project_id = ${projectId} AND status = 'open'`;
  return row?.count ?? 0;
}
