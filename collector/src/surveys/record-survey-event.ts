import {
  type Json,
  RESERVED_EVENTS,
  type SurveyAnsweredProperties,
  type SurveyClosedProperties,
  type SurveyStep,
} from "@telltale/protocol";
import { validate as isUuid } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import type { NewEvent } from "../ingest/new-event.ts";
import { toAnswer } from "./answer.ts";
import {
  type ImpressionChange,
  type LockedImpression,
  lockImpression,
  updateImpression,
  upsertResponse,
} from "./impression-queries.ts";
import { publishAnswers } from "./publish-answers.ts";

/**
 * Applies a stored `Survey …` event to the impression that it names: seen, answered, closed, put
 * off, left open with its page. Only an impression that was granted to the same person counts, so an answer that somebody
 * made up stays a raw event and reaches no score. Runs in the transaction that stored the event.
 *
 * @param repeats - of the same transaction, what can change nothing any more; begins empty
 */
export async function recordSurveyEvent(
  sql: SqlQueryable,
  event: NewEvent,
  repeats: Set<string>,
): Promise<void> {
  const { projectId, userId, anonymousId } = event;
  const {
    impression_id: id,
    survey_id: surveyId,
    question_id: questionId,
    until,
  } = propertiesOf(event);
  if (!isUuid(id) || !isUuid(surveyId)) return;
  const said = [projectId, event.event, id, surveyId, questionId, until, userId, anonymousId];
  const sameAgain = JSON.stringify(said);
  if (repeats.has(sameAgain)) return;
  const impression = await lockImpression(sql, {
    projectId,
    id: id as string,
    surveyId: surveyId as string,
    questionId: typeof questionId === "string" ? questionId : "",
    userId,
    anonymousId,
  });
  if (!impression) return;
  if (isRepeat(event, impression)) {
    repeats.add(sameAgain);
    return;
  }
  const change: ImpressionChange = {
    projectId,
    id: id as string,
    state: impression.state,
    accountId: event.accountId,
    shownAt: event.occurredAt,
    answeredAt: null,
    closedAt: null,
    closedStep: impression.closedStep,
  };
  if (isAbandoned(event)) {
    // Whoever comes back to the page may still answer, or close it.
    change.closedStep = toStepId(event);
    if (change.state === "claimed") change.state = "shown";
    return updateImpression(sql, change);
  }
  switch (event.event) {
    case RESERVED_EVENTS.surveyShown:
      if (impression.state === "claimed") change.state = "shown";
      break;
    case RESERVED_EVENTS.surveyAnswered:
      if (!(await recordAnswer(sql, event, impression, change))) return;
      break;
    default:
      close(event, impression, change);
  }
  await updateImpression(sql, change);
}

/** By the names that the protocol gives them; the values are whatever a sender put there. */
const propertiesOf = ({
  properties,
}: NewEvent): {
  [Name in keyof (SurveyAnsweredProperties & SurveyClosedProperties)]?: Json;
} => properties;

/** Whether an event can't change anything any more; a flood of answers costs a look a commit. */
function isRepeat(event: NewEvent, { shownAt, closedAt, hasAnswer }: LockedImpression): boolean {
  if (event.event === RESERVED_EVENTS.surveyShown) return shownAt !== null;
  if (event.event === RESERVED_EVENTS.surveyAnswered) return closedAt !== null && hasAnswer;
  return closedAt !== null && propertiesOf(event).until !== "never";
}

/** Whether the page went while the prompt was open: no answer, and no refusal either. */
const isAbandoned = (event: NewEvent): boolean =>
  event.event === RESERVED_EVENTS.surveyDismissed && propertiesOf(event).is_abandoned === true;

function toStepId(event: NewEvent): string | null {
  const { question_id: step } = propertiesOf(event);
  return typeof step === "string" ? step.slice(0, 100) : null;
}

/** A refusal after a partial answer leaves the answer standing; "never again" always counts. */
function close(event: NewEvent, impression: LockedImpression, change: ImpressionChange): void {
  const isAnswered = impression.state === "answered";
  const isPostponed = event.event === RESERVED_EVENTS.surveyPostponed;
  if (isPostponed && propertiesOf(event).until === "never") change.state = "opted_out";
  else if (!isAnswered && impression.state !== "opted_out") {
    change.state = isPostponed ? "postponed" : "dismissed";
  }
  change.closedAt = event.occurredAt;
  change.closedStep = toStepId(event);
}

/** What the chosen options ask for. */
function tagsOf(step: SurveyStep, choices: readonly string[]): string[] {
  if (step.kind !== "choice") return [];
  return step.options.flatMap(({ value, tag }) => (tag && choices.includes(value) ? [tag] : []));
}

async function recordAnswer(
  sql: SqlQueryable,
  event: NewEvent,
  impression: LockedImpression,
  change: ImpressionChange,
): Promise<boolean> {
  const { steps } = impression.definition as { steps: SurveyStep[] };
  const properties = propertiesOf(event);
  const step = steps.find(({ id }) => id === properties.question_id);
  if (!step || step.kind === "thanks") return false;
  const isFinal = properties.is_final === true;
  const answer = toAnswer(step, properties);
  if (answer) {
    const response = {
      ...answer,
      projectId: event.projectId,
      accountId: impression.accountId || event.accountId,
      impressionId: change.id,
      questionId: step.id,
      surveyId: impression.surveyId,
      userId: event.userId || impression.userId,
      tags: tagsOf(step, answer.choices),
      answeredAt: event.occurredAt,
    };
    const isClosed = impression.closedAt !== null;
    const isWritten = await upsertResponse(sql, response, isClosed ? "closed" : "open");
    if (!isWritten) return false;
    if (impression.state !== "opted_out") change.state = "answered";
    change.answeredAt = event.occurredAt;
  } else if (!isFinal) {
    return false;
  }
  // An answer that comes late says nothing of a step that was left after it.
  if (isFinal || step.id === impression.closedStep) change.closedStep = null;
  // An optional step left empty at the end still closes what was answered before.
  if (isFinal) change.closedAt = event.occurredAt;
  if (isFinal && impression.closedAt === null) await publishAnswers(sql, event, impression);
  return true;
}
