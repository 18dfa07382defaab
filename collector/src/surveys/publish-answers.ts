import type { SurveyStep } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";
import type { NewEvent } from "../ingest/new-event.ts";
import { publishMessage } from "../webhooks/publish-message.ts";
import { findAccountState } from "../webhooks/queries.ts";
import { findAnswers, type GivenAnswer, type LockedImpression } from "./impression-queries.ts";

/** Publishes `survey.answered`, with all answers of one showing, in the caller's transaction. */
export async function publishAnswers(
  sql: SqlQueryable,
  event: NewEvent,
  impression: LockedImpression,
): Promise<void> {
  const { projectId } = event;
  const accountId = impression.accountId || event.accountId;
  const { steps } = impression.definition as { steps: SurveyStep[] };
  const placeOf = ({ questionId }: GivenAnswer) => steps.findIndex(({ id }) => id === questionId);
  const answers = await findAnswers(sql, { projectId, accountId, impressionId: impression.id });
  answers.sort((a, b) => placeOf(a) - placeOf(b));
  if (answers.length === 0) return;
  const state =
    accountId === "" ? { account: null } : await findAccountState(sql, projectId, accountId);
  await publishMessage(sql, {
    projectId,
    type: "survey.answered",
    accountId,
    sequence: null,
    data: {
      schemaVersion: 1,
      ...state,
      survey: { id: impression.surveyId, key: impression.surveyKey },
      impressionId: impression.id,
      userId: event.userId === "" ? null : event.userId,
      answers,
      answeredAt: event.occurredAt,
    },
    at: event.occurredAt,
    publishedAt: event.receivedAt,
  });
}
