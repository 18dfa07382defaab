import { v7 } from "uuid";
import type { z } from "zod";
import type { Sql } from "../../db/client.ts";
import { type pageQuery, parseCursor, toCursor } from "../../pagination.ts";
import { Problem } from "../../problem.ts";
import { findIdea, type IdeaPosition, insertIdea, readIdeas, updateIdea } from "./queries.ts";
import type { ideaAnswer, ModelIdea, newIdea } from "./schema.ts";

/** More than anybody reads on one page; a backlog that long is none. */
const MOST_SHOWN = 500;

/** The backlog of a project's score, as people read it at once: open ideas first. */
export function listIdeas(sql: Sql, projectId: string): Promise<ModelIdea[]> {
  return readIdeas(sql, projectId, { limit: MOST_SHOWN, after: null });
}

/**
 * A page of the backlog: open ideas first, the newest first.
 *
 * @throws {Problem} invalid-request for a cursor that this list did not give
 */
export async function pageIdeas(
  sql: Sql,
  projectId: string,
  query: z.output<typeof pageQuery>,
): Promise<{ data: ModelIdea[]; nextCursor: string | null }> {
  const after = query.cursor === undefined ? null : toPosition(query.cursor);
  const rows = await readIdeas(sql, projectId, { limit: query.limit + 1, after });
  const data = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? data.at(-1) : undefined;
  const nextCursor = last
    ? toCursor([last.status === "open" ? "open" : "answered", last.createdAt, last.id])
    : null;
  return { data, nextCursor };
}

function toPosition(cursor: string): IdeaPosition {
  const [status, createdAt, id] = parseCursor(cursor, ["text", "moment", "id"]);
  return { isOpen: status === "open", createdAt, id };
}

/** @throws {Problem} not-found */
export async function getIdea(sql: Sql, projectId: string, id: string): Promise<ModelIdea> {
  const idea = await findIdea(sql, projectId, id);
  if (!idea) throw new Problem("not-found", `There is no idea ${id} in this project.`);
  return idea;
}

/** Notes what somebody would change. */
export function addIdea(
  sql: Sql,
  idea: z.output<typeof newIdea> & { projectId: string; now: number },
): Promise<ModelIdea> {
  return insertIdea(sql, { ...idea, id: v7(), at: new Date(idea.now).toISOString() });
}

/**
 * Says what became of an idea.
 *
 * @throws {Problem} not-found
 */
export async function answerIdea(
  sql: Sql,
  answer: z.output<typeof ideaAnswer> & { projectId: string; id: string; now: number },
): Promise<ModelIdea> {
  const idea = await updateIdea(sql, { ...answer, at: new Date(answer.now).toISOString() });
  if (!idea) throw new Problem("not-found", `There is no idea ${answer.id} in this project.`);
  return idea;
}
