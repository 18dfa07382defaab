import type { Sql, SqlQueryable } from "../../db/client.ts";

/** A filter of the book with a name. */
export interface SavedView {
  id: string;
  name: string;
  /** The book's query string, `?` included. */
  query: string;
}

export async function listSavedViews(sql: Sql, projectId: string): Promise<SavedView[]> {
  return sql<SavedView[]>`
    SELECT id, name, query FROM saved_views WHERE project_id = ${projectId} ORDER BY lower(name)`;
}

/** Keeps a view; one of the same name is replaced. */
export async function upsertSavedView(
  sql: SqlQueryable,
  view: SavedView & { projectId: string; createdBy: string; at: string },
): Promise<void> {
  await sql`
    INSERT INTO saved_views (project_id, id, name, query, created_by, created_at)
    VALUES (${view.projectId}, ${view.id}, ${view.name}, ${view.query}, ${view.createdBy},
      ${view.at}::timestamptz)
    ON CONFLICT (project_id, name) DO UPDATE SET query = excluded.query,
      created_by = excluded.created_by, created_at = excluded.created_at`;
}

/** @returns whether there was one */
export async function deleteSavedView(
  sql: SqlQueryable,
  projectId: string,
  id: string,
): Promise<boolean> {
  const rows = await sql`
    DELETE FROM saved_views WHERE project_id = ${projectId} AND id = ${id} RETURNING 1`;
  return rows.length > 0;
}
