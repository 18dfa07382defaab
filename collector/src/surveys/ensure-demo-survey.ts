import { v7 } from "uuid";
import type { Db } from "../db/client.ts";
import { insertSurvey } from "./queries.ts";
import type { SurveyDefinition } from "./survey-definition.ts";

const definition: SurveyDefinition = {
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
    {
      id: "comment",
      kind: "text",
      prompt: "What got in your way?",
      isOptional: true,
      maxLength: 2_000,
    },
    { id: "thanks", kind: "thanks", prompt: "Thank you. We read every answer." },
  ],
  translations: {
    de: {
      rating: { prompt: "Wie ist das gelaufen?" },
      comment: { prompt: "Was hat gestört?" },
      thanks: { prompt: "Danke. Wir lesen jede Antwort." },
    },
  },
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

/** The key of the demo's survey. */
export const DEMO_SURVEY_KEY = "task-satisfaction";

/** Gives a project a live one-tap satisfaction survey after any completed task, once. */
export async function ensureDemoSurvey(
  db: Db,
  projectId: string,
  clock: () => number,
): Promise<void> {
  const now = new Date(clock());
  await insertSurvey(db, {
    id: v7(),
    projectId,
    key: DEMO_SURVEY_KEY,
    name: "Satisfaction after a task",
    status: "live",
    definition,
    version: 1,
    draft: null,
    createdAt: now,
    updatedAt: now,
    liveAt: now,
  });
}
