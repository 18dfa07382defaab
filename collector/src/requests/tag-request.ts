import { validate as isUuid } from "uuid";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { updateAnswerTags, updateRequestTags } from "./queries.ts";

/**
 * Sets what an answer or a request asks for; the tags replace those it had.
 *
 * @throws {Problem} not-found
 */
export async function tagRequest(
  sql: Sql,
  { projectId, id, tags }: { projectId: string; id: string; tags: string[] },
): Promise<void> {
  const [first = "", ...rest] = id.split(".");
  const questionId = rest.join(".");
  const isFound =
    isUuid(first) &&
    (questionId === ""
      ? await updateRequestTags(sql, { projectId, id: first, tags })
      : await updateAnswerTags(sql, { projectId, impressionId: first, questionId, tags }));
  if (!isFound) throw new Problem("not-found", "There is no such request in this project.");
}
