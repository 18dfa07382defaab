import type { Sql } from "../db/client.ts";

export async function findNames(
  sql: Sql,
  projectId: string,
): Promise<{ kind: string; name: string }[]> {
  return sql<{ kind: string; name: string }[]>`
    SELECT kind, name FROM registered_names WHERE project_id = ${projectId}`;
}

interface WantedNames {
  projectId: string;
  kind: string;
  names: string[];
  cap: number;
  /** ISO 8601. */
  now: string;
}

/**
 * Registers names until the cap is met. The lock makes the cap exact over all processes.
 *
 * @returns those of the wanted names that are registered now, also by somebody else
 */
export async function registerNames(sql: Sql, wanted: WantedNames): Promise<string[]> {
  const { projectId, kind, names, cap, now } = wanted;
  return sql.begin(async (tx) => {
    await tx`SELECT pg_advisory_xact_lock(hashtextextended(${projectId}, 2))`;
    await tx`
      INSERT INTO registered_names (project_id, kind, name, first_seen_at)
      SELECT ${projectId}::uuid, ${kind}, wanted.name, ${now}::timestamptz
      FROM unnest(${names}::text[]) AS wanted (name)
      WHERE NOT EXISTS (SELECT 1 FROM registered_names AS known
        WHERE known.project_id = ${projectId} AND known.kind = ${kind} AND known.name = wanted.name)
      ORDER BY wanted.name
      LIMIT greatest(0, ${cap} - (SELECT count(*) FROM registered_names
        WHERE project_id = ${projectId} AND kind = ${kind}))
      ON CONFLICT DO NOTHING`;
    const rows = await tx<{ name: string }[]>`
      SELECT name FROM registered_names
      WHERE project_id = ${projectId} AND kind = ${kind} AND name = ANY(${names})`;
    return rows.map(({ name }) => name);
  });
}
