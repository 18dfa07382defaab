import type { PromptClaimResponse } from "@telltale/protocol";
import type { Survey, SurveyDefinition } from "../src/surveys/survey-definition.ts";
import type { TestCollector } from "./collector.ts";

/** A rating, a comment for low ratings, thanks; asked after any completed task. */
export const csatDefinition: SurveyDefinition = {
  locale: "en",
  steps: [
    {
      id: "rating",
      kind: "rating",
      measure: "csat",
      display: "faces",
      scale: 5,
      prompt: "How did that go?",
      branches: [{ when: { operator: "at_least", value: 4 }, goTo: "end" }],
    },
    { id: "comment", kind: "text", prompt: "What went wrong?", isOptional: true, maxLength: 2_000 },
    { id: "thanks", kind: "thanks", prompt: "Thank you." },
  ],
  translations: {},
  trigger: { kind: "task", outcome: "completed" },
  delayMs: 0,
  cancelEvents: [],
  targeting: { user: [], account: [], segments: [] },
  sampleShare: 1,
  schedule: {},
  repeatAfterDays: null,
  spreadDays: 0,
  responseCap: null,
  appearance: { theme: "auto", position: "bottom_right" },
};

/** A live survey in memory. */
export function surveyOf(changes: Partial<SurveyDefinition> = {}): Survey {
  return {
    id: "0198c7a0-0000-7000-8000-000000000001",
    key: "csat",
    name: "CSAT",
    status: "live",
    definition: { ...csatDefinition, ...changes },
    createdAt: new Date(0),
    updatedAt: new Date(0),
    version: 1,
    draft: null,
    liveAt: new Date(0),
  };
}

/** Creates a live survey through the REST interface and returns its id. */
export async function addSurvey(
  collector: TestCollector,
  key: string,
  changes: Partial<SurveyDefinition> = {},
): Promise<string> {
  const body = { key, name: key, status: "live", definition: { ...csatDefinition, ...changes } };
  const response = await collector.call("POST", "/v1/surveys", body);
  const survey = await response.json();
  if (response.status !== 201) throw new Error(JSON.stringify(survey));
  return survey.id;
}

/** Claims a survey as the widget does: plain text, the key in the body. */
export async function claim(
  collector: TestCollector,
  wish: Record<string, unknown>,
): Promise<PromptClaimResponse> {
  const response = await collector.app.request("/v1/prompts/claim", {
    method: "POST",
    headers: { "content-type": "text/plain" },
    body: JSON.stringify({
      writeKey: collector.writeKey,
      anonymousId: "visitor",
      sessionId: `session ${collector.now}`,
      ...wish,
    }),
  });
  const answer = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(answer));
  return answer as PromptClaimResponse;
}

/** The id of a claim that must have been granted. */
export function grantedId(answer: PromptClaimResponse): string {
  if (!answer.granted) throw new Error(`refused: ${answer.reason}`);
  return answer.impressionId;
}

/** Sends a `Survey …` event of a user, now. */
export async function sendSurveyEvent(
  collector: TestCollector,
  event: "Shown" | "Answered" | "Dismissed" | "Postponed",
  about: { userId: string; surveyId: string; impressionId: string; more?: Record<string, unknown> },
): Promise<void> {
  await collector.send({
    type: "track",
    event: `Survey ${event}`,
    userId: about.userId,
    timestamp: new Date(collector.now).toISOString(),
    properties: {
      survey_id: about.surveyId,
      impression_id: about.impressionId,
      ...about.more,
    },
  });
}

/** Shows a survey to a new user of an account, who answers it or leaves it at the first step. */
export async function ask(
  collector: TestCollector,
  surveyId: string,
  visit: { userId: string; accountId: string; answers: Record<string, unknown>[] },
): Promise<void> {
  const { userId, accountId, answers } = visit;
  const wish = { surveyId, userId, accountId, anonymousId: userId };
  const impressionId = grantedId(await claim(collector, wish));
  const about = { userId, surveyId, impressionId };
  await sendSurveyEvent(collector, "Shown", about);
  for (const more of answers) await sendSurveyEvent(collector, "Answered", { ...about, more });
  if (answers.length === 0) {
    await sendSurveyEvent(collector, "Dismissed", { ...about, more: { question_id: "rating" } });
  }
}
