import type { Sql } from "../db/client.ts";
import { readSettings } from "../projects/settings.ts";

/** Which of these accounts exist. */
export async function findKnownAccounts(
  sql: Sql,
  projectId: string,
  accountIds: string[],
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    SELECT account_id AS id FROM accounts
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})`;
  return rows.map(({ id }) => id);
}

/** How many accounts a project may still get; 0 or more. */
export async function countAccountRoom(sql: Sql, projectId: string): Promise<number> {
  const [project] = await sql<{ settings: Record<string, unknown> }[]>`
    SELECT settings FROM projects WHERE id = ${projectId}`;
  const { maxAccounts } = readSettings(project?.settings ?? {});
  // Counting stops at the limit: how far beyond an import went is no matter.
  const [counted] = await sql<{ count: number }[]>`
    SELECT count(*)::float8 AS count FROM (
      SELECT 1 FROM accounts WHERE project_id = ${projectId} LIMIT ${maxAccounts}) AS counted`;
  return maxAccounts - (counted?.count ?? 0);
}
