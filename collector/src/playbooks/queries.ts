import type { SqlQueryable } from "../db/client.ts";
import type { ExitCriterion, Pattern, Playbook } from "./default-playbooks.ts";

interface PlaybookRow {
  key: string;
  name: string;
  owner_role: string;
  due_hours: number;
  steps: string[];
  message: string;
  pattern: Pattern | null;
  exit: ExitCriterion | null;
}

export async function readPlaybooks(sql: SqlQueryable, projectId: string): Promise<Playbook[]> {
  const rows = await sql<PlaybookRow[]>`
    SELECT key, name, owner_role, due_hours, steps, message, pattern, exit FROM playbooks
    WHERE project_id = ${projectId} ORDER BY key`;
  return rows.map(({ owner_role: ownerRole, due_hours: dueHours, ...row }) => ({
    ...row,
    ownerRole,
    dueHours,
  }));
}

/** @throws a unique violation when another playbook has the same pattern */
export async function upsertPlaybook(
  sql: SqlQueryable,
  projectId: string,
  { playbook, at }: { playbook: Playbook; at: string },
): Promise<void> {
  const exit = playbook.exit === null ? null : JSON.stringify(playbook.exit);
  await sql`
    INSERT INTO playbooks (project_id, key, name, owner_role, due_hours, steps, message, pattern,
      exit, created_at, updated_at)
    VALUES (${projectId}, ${playbook.key}, ${playbook.name}, ${playbook.ownerRole},
      ${playbook.dueHours}, ${JSON.stringify(playbook.steps)}::text::jsonb, ${playbook.message},
      ${playbook.pattern}, ${exit}::text::jsonb, ${at}::timestamptz, ${at}::timestamptz)
    ON CONFLICT (project_id, key) DO UPDATE SET name = excluded.name,
      owner_role = excluded.owner_role, due_hours = excluded.due_hours, steps = excluded.steps,
      message = excluded.message, pattern = excluded.pattern, exit = excluded.exit,
      updated_at = excluded.updated_at`;
}

export async function deletePlaybook(
  sql: SqlQueryable,
  projectId: string,
  key: string,
): Promise<boolean> {
  const rows = await sql`
    DELETE FROM playbooks WHERE project_id = ${projectId} AND key = ${key} RETURNING 1`;
  return rows.length > 0;
}
