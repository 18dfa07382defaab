import { toCsvCell } from "../csv.ts";
import type { Db } from "../db/client.ts";
import { getSurvey } from "./change-surveys.ts";
import { listResponses, type ResponsePosition } from "./queries.ts";
import { findVersions } from "./version-queries.ts";

const PAGE = 1_000;
const HEADER = [
  "answered_at",
  "survey",
  "impression_id",
  "account_id",
  "user_id",
  "question_id",
  "question",
  "measure",
  "value",
  "value_100",
  "choices",
  "text",
  "tags",
];

/**
 * All answers to a survey as CSV, newest first, one line a question, piece by piece.
 *
 * @throws {Problem} not-found, before the first piece
 */
export async function readResponsesCsv(
  db: Db,
  projectId: string,
  surveyId: string,
): Promise<ReadableStream<Uint8Array>> {
  const survey = await getSurvey(db, projectId, surveyId);
  const versions = await findVersions(db, projectId, surveyId);
  const asked = [...versions.map(({ definition }) => definition), survey.definition];
  const questions = new Map(
    asked.flatMap(({ steps }) => steps.map(({ id, prompt }) => [id, prompt] as const)),
  );
  const encoder = new TextEncoder();
  let after: ResponsePosition | null = null;
  let isDone = false;

  async function readPage(): Promise<string> {
    const rows = await listResponses(db, projectId, { surveyId, limit: PAGE, after });
    const last = rows.at(-1);
    isDone = !last || rows.length < PAGE;
    if (last) after = { ...last, answeredAt: last.answeredAt.toISOString() };
    return rows
      .map((row) =>
        toLine([
          row.answeredAt.toISOString(),
          survey.key,
          row.impressionId,
          row.accountId,
          row.userId,
          row.questionId,
          questions.get(row.questionId) ?? "",
          row.measure,
          row.value,
          row.value100,
          row.choices.join("; "),
          row.text,
          row.tags.join("; "),
        ]),
      )
      .join("");
  }

  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(toLine(HEADER))),
    async pull(controller) {
      const text = await readPage();
      if (text !== "") controller.enqueue(encoder.encode(text));
      if (isDone) controller.close();
    },
  });
}

function toLine(cells: (string | number | null)[]): string {
  return `${cells.map(toCsvCell).join(",")}\r\n`;
}
