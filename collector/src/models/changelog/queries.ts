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
/** More than anybody reads; a backlog that long is none. */
const MOST_IDEAS = 500;

/** Open ones first, then by age, newest first. */
export async function readIdeas(sql: SqlQueryable, projectId: string): Promise<ModelIdea[]> {
  const rows = await sql<IdeaRow[]>`
    SELECT ${sql.unsafe(COLUMNS)} FROM model_ideas WHERE project_id = ${projectId}
    ORDER BY status <> 'open', created_at DESC, id LIMIT ${MOST_IDEAS}`;
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
