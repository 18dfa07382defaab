import type { SqlQueryable } from "../../db/client.ts";
import type { ModelIdea } from "./schema.ts";

type IdeaRow = Omit<ModelIdea, "createdAt" | "answeredAt"> & {
  createdAt: Date;
  answeredAt: Date | null;
};

const toIdea = (row: IdeaRow): ModelIdea => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  answeredAt: row.answeredAt?.toISOString() ?? null,
});

const COLUMNS = `id, title, why, author, created_at AS "createdAt", status, answer,
  answered_by AS "answeredBy", answered_at AS "answeredAt"`;
/** Where a page of ideas begins: after this one. */
export interface IdeaPosition {
  isOpen: boolean;
  /** ISO 8601. */
  createdAt: string;
  id: string;
}

/** A page: open ones first, then by age, newest first. */
export async function readIdeas(
  sql: SqlQueryable,
  projectId: string,
  page: { limit: number; after: IdeaPosition | null },
): Promise<ModelIdea[]> {
  const { limit, after } = page;
  const isAfter = after
    ? sql`AND ((status <> 'open') > ${!after.isOpen} OR (status <> 'open') = ${!after.isOpen}
        AND (created_at, id) < (${after.createdAt}::timestamptz, ${after.id}::uuid))`
    : sql``;
  const rows = await sql<IdeaRow[]>`
    SELECT ${sql.unsafe(COLUMNS)} FROM model_ideas WHERE project_id = ${projectId} ${isAfter}
    ORDER BY status <> 'open', created_at DESC, id DESC LIMIT ${limit}`;
  return rows.map(toIdea);
}

/** @returns null without such an idea */
export async function findIdea(
  sql: SqlQueryable,
  projectId: string,
  id: string,
): Promise<ModelIdea | null> {
  const [row] = await sql<IdeaRow[]>`
    SELECT ${sql.unsafe(COLUMNS)} FROM model_ideas WHERE project_id = ${projectId} AND id = ${id}`;
  return row ? toIdea(row) : null;
}

export async function insertIdea(
  sql: SqlQueryable,
  idea: Pick<ModelIdea, "id" | "title" | "why" | "author"> & { projectId: string; at: string },
): Promise<ModelIdea> {
  const [row] = await sql<IdeaRow[]>`
    INSERT INTO model_ideas (project_id, id, title, why, author, created_at)
    VALUES (${idea.projectId}, ${idea.id}, ${idea.title}, ${idea.why}, ${idea.author},
      ${idea.at}::timestamptz)
    RETURNING ${sql.unsafe(COLUMNS)}`;
  return toIdea(row as IdeaRow);
}

/** @returns null without such an idea */
export async function updateIdea(
  sql: SqlQueryable,
  answer: Pick<ModelIdea, "id" | "status"> & {
    projectId: string;
    answer: string;
    author: string;
    at: string;
  },
): Promise<ModelIdea | null> {
  const [row] = await sql<IdeaRow[]>`
    UPDATE model_ideas SET status = ${answer.status}, answer = ${answer.answer},
      answered_by = ${answer.author}, answered_at = ${answer.at}::timestamptz
    WHERE project_id = ${answer.projectId} AND id = ${answer.id}
    RETURNING ${sql.unsafe(COLUMNS)}`;
  return row ? toIdea(row) : null;
}
