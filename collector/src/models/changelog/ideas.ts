import { v7 } from "uuid";
import type { z } from "zod";
import type { Sql } from "../../db/client.ts";
import { Problem } from "../../problem.ts";
import { findIdea, insertIdea, readIdeas, updateIdea } from "./queries.ts";
import type { ideaAnswer, ModelIdea, newIdea } from "./schema.ts";

/** The backlog of a project's score: open ideas first. */
export function listIdeas(sql: Sql, projectId: string): Promise<ModelIdea[]> {
  return readIdeas(sql, projectId);
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
