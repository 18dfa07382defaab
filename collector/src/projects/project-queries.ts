import type { SqlQueryable } from "../db/client.ts";

interface ChangedFields {
  name: string | undefined;
  timeZone: string | undefined;
  /** Merged into the stored settings. */
  settings: object;
}

export async function updateProject(
  sql: SqlQueryable,
  projectId: string,
  { name, timeZone, settings }: ChangedFields,
): Promise<void> {
  await sql`
    UPDATE projects SET
      name = coalesce(${name ?? null}, name),
      time_zone = coalesce(${timeZone ?? null}, time_zone),
      settings = settings || ${JSON.stringify(settings)}::text::jsonb
    WHERE id = ${projectId}`;
}
