import type { SqlQueryable } from "../db/client.ts";
import type { Project } from "./queries.ts";

/** A project by id, on the bare driver, for the loops. */
export async function findProject(sql: SqlQueryable, projectId: string): Promise<Project | null> {
  const rows = await sql<Project[]>`
    SELECT id, name, time_zone AS "timeZone", settings FROM projects WHERE id = ${projectId}`;
  return rows[0] ?? null;
}
