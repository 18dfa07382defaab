import { MAX_BATCH_MESSAGES, type Message, RESERVED_EVENTS } from "@telltale/protocol";
import type { Sql } from "../db/client.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import { recordBatch } from "../ingest/record-batch.ts";
import type { Project } from "../projects/queries.ts";
import { claimPrompt } from "../surveys/claim-prompt.ts";
import { DEMO_SURVEY_KEY } from "../surveys/ensure-demo-survey.ts";
import type { SimulatedAccount, SimulatedAnswer } from "./simulated-account.ts";

interface StoreAccountDeps {
  sql: Sql;
  eventWriter: EventWriter;
  clock: () => number;
}

/** Stores a simulated account as if its product had sent it: by ingestion, as an import. */
export async function storeAccount(
  deps: StoreAccountDeps,
  project: Project,
  account: SimulatedAccount,
): Promise<void> {
  await record(deps, project, account.messages);
  for (const answer of [...account.answers].sort((a, b) => a.at - b.at)) {
    const message = await answerSurvey(deps, project, { accountId: account.id, answer });
    if (message) await record(deps, project, [message]);
  }
}

async function record(
  deps: StoreAccountDeps,
  project: Project,
  messages: Message[],
): Promise<void> {
  for (let start = 0; start < messages.length; start += MAX_BATCH_MESSAGES) {
    const batch = messages.slice(start, start + MAX_BATCH_MESSAGES);
    const { rejected } = await recordBatch(deps, batch, {
      projectId: project.id,
      receivedAtMs: deps.clock(),
      sentAtMs: undefined,
      isImport: true,
      context: {},
    });
    const [first] = rejected;
    if (first) throw new Error(`a simulated message was rejected: ${first.detail}`);
  }
}

/**
 * An answer counts only when its prompt was granted, so the prompt is claimed as of that day; the
 * rules refuse some, as they would have refused them then.
 */
async function answerSurvey(
  deps: StoreAccountDeps,
  project: Project,
  given: { accountId: string; answer: SimulatedAnswer },
): Promise<Message | null> {
  const { accountId, answer } = given;
  const claim = await claimPrompt({ sql: deps.sql, clock: () => answer.at }, project, {
    surveyId: null,
    surveyKey: DEMO_SURVEY_KEY,
    userId: answer.userId,
    anonymousId: "",
    accountId,
    sessionId: `demo/${answer.userId}/${answer.at}`,
    locales: ["en"],
    isRequested: false,
    device: null,
  });
  if (!claim.granted) return null;
  return {
    type: "track",
    event: RESERVED_EVENTS.surveyAnswered,
    messageId: `demo/${answer.userId}/answer/${answer.at}`,
    timestamp: new Date(answer.at + 20_000).toISOString(),
    userId: answer.userId,
    properties: {
      survey_id: claim.survey.id,
      impression_id: claim.impressionId,
      question_id: "rating",
      value: answer.value,
      is_final: true,
    },
    context: { groupId: accountId },
  };
}
