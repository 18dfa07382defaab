import type { PastPrompt } from "../src/surveys/claim-queries.ts";
import { decidePrompt, type PromptFacts } from "../src/surveys/decide-prompt.ts";
import type { SurveyDefinition } from "../src/surveys/survey-definition.ts";
import { surveyOf } from "./surveys.ts";

export const DAY = 86_400_000;
/** When it is decided, in milliseconds. */
export const NOW = 1_000 * DAY;
/** The survey that is asked for, and another. */
export const SURVEY = surveyOf().id;
export const OTHER = "0198c7a0-0000-7000-8000-000000000002";
/** What makes a survey one of NPS. */
export const nps = {
  steps: [{ id: "nps", kind: "nps", prompt: "Recommend?" }],
} satisfies Partial<SurveyDefinition>;

/** A prompt that was seen so many days ago and not answered. */
export function past(daysAgo: number, changes: Partial<PastPrompt> = {}): PastPrompt {
  const at = NOW - daysAgo * DAY;
  return {
    surveyId: OTHER,
    isNps: false,
    isRequested: false,
    state: "shown",
    sessionId: "earlier",
    claimedAtMs: at,
    shownAtMs: at,
    answeredAtMs: null,
    closedAtMs: null,
    ...changes,
  };
}

/** A prompt that was answered so many days ago. */
export const answered = (daysAgo: number, changes: Partial<PastPrompt> = {}) => {
  const at = NOW - daysAgo * DAY;
  return past(daysAgo, { state: "answered", answeredAtMs: at, closedAtMs: at, ...changes });
};

/** What is known when somebody new asks. */
export function factsOf(
  changes: Partial<PromptFacts> = {},
  definition: Partial<SurveyDefinition> = {},
): PromptFacts {
  return {
    nowMs: NOW,
    survey: surveyOf(definition),
    personId: "ann",
    sessionId: "this",
    isRequested: false,
    device: "desktop",
    past: [],
    userTraits: {},
    accountTraits: {},
    segments: [],
    accountFreeAtMs: null,
    limits: [],
    capUsed: 0,
    quotaUsed: {},
    ...changes,
  };
}

/** What is decided on these facts. */
export const decide = (changes?: Partial<PromptFacts>, definition?: Partial<SurveyDefinition>) =>
  decidePrompt(factsOf(changes, definition));
/** What is decided after these prompts. */
export const afterPast = (prompts: PastPrompt[], definition?: Partial<SurveyDefinition>) =>
  decide({ past: prompts }, definition);
