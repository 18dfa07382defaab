import { v7 } from "uuid";
import { type AuditEntry, recordAudit } from "../../audit/record-audit.ts";
import type { Sql } from "../../db/client.ts";
import { Problem } from "../../problem.ts";
import { parseBookFilter, toBookQuery } from "./filter.ts";
import { deleteSavedView, upsertSavedView } from "./view-queries.ts";

/** Who does it, where, from where and when. */
type Deed = Pick<AuditEntry, "projectId" | "actor" | "ip" | "at">;

/**
 * Keeps a filter of the book under a name; one of the same name is replaced.
 *
 * @returns the query string that the view stands for
 * @throws {Problem} invalid-request, without a name or with a filter that doesn't exist
 */
export async function saveView(
  sql: Sql,
  by: Deed,
  given: { name: string; query: string },
): Promise<string> {
  const name = given.name.slice(0, 60);
  if (!name) throw new Problem("invalid-request", "A view needs a name.");
  // Parsed and written anew, so that only a filter is ever stored.
  const fields = Object.fromEntries(new URLSearchParams(given.query));
  const query = toBookQuery(parseBookFilter(fields));
  const createdAt = new Date(by.at).toISOString();
  await sql.begin(async (tx) => {
    const view = {
      projectId: by.projectId,
      id: v7(),
      name,
      query,
      createdBy: by.actor,
      at: createdAt,
    };
    await upsertSavedView(tx, view);
    await recordAudit(tx, { ...by, action: "view.saved", target: name });
  });
  return query;
}

/**
 * Removes a view.
 *
 * @throws {Problem} not-found
 */
export async function removeView(sql: Sql, by: Deed, id: string): Promise<void> {
  await sql.begin(async (tx) => {
    if (!(await deleteSavedView(tx, by.projectId, id))) {
      throw new Problem("not-found", "There is no such view in this project.");
    }
    await recordAudit(tx, { ...by, action: "view.removed", target: id });
  });
}
