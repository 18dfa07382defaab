import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { PERSONAL_TABLES } from "./personal-tables.ts";
import { findVisitorIds, hasUser, listTraitChanges, type Person, readRows } from "./queries.ts";

/**
 * Everything that is kept about a user, as the text of one JSON object with a list a table. It is
 * read in portions, so that a long history takes no memory.
 *
 * @throws {Problem} not-found, before the first portion
 */
export async function exportUser(
  sql: Sql,
  projectId: string,
  userId: string,
): Promise<AsyncGenerator<string>> {
  const visitorIds = await findVisitorIds(sql, projectId, userId);
  const person: Person = { projectId, userId, visitorIds };
  if (!(await hasUser(sql, person))) {
    throw new Problem("not-found", `There is no user ${userId} in this project.`);
  }
  return writeExport(sql, person);
}

async function* writeExport(sql: Sql, person: Person): AsyncGenerator<string> {
  const { userId, visitorIds } = person;
  const traits = await listTraitChanges(sql, person);
  yield `{"userId":${JSON.stringify(userId)},"anonymousIds":${JSON.stringify(visitorIds)}`;
  yield `,"trait_changes":${JSON.stringify(traits)}`;
  for (const table of PERSONAL_TABLES) {
    yield `,${JSON.stringify(table.table)}:[`;
    let separator = "";
    for await (const rows of readRows(sql, table, person)) {
      for (const { row } of rows) {
        yield separator + JSON.stringify(row);
        separator = ",";
      }
    }
    yield "]";
  }
  yield "}";
}
