import type {
  Json,
  PromptBridge,
  SurveyContent,
  SurveyMessages,
  SurveyRule,
  SurveyStep,
} from "@telltale/protocol";

/** English, as the collector sends it. */
export const english: SurveyMessages = {
  region: "Short survey",
  announcement: "A short question has appeared. Press {hotkey} to reach it.",
  close: "Close",
  send: "Send",
  next: "Next",
  back: "Back",
  later: "Ask me later",
  never: "Don’t ask again",
  why: "Why am I asked?",
  whyText:
    "Your answer goes to the team that builds this product and helps it decide what to improve.",
  lastAsked: "You were last asked on {date}.",
  other: "Other",
  thanks: "Thank you!",
  optional: "Optional",
  thumbsUp: "Good",
  thumbsDown: "Not good",
  faces: ["Very bad", "Bad", "Okay", "Good", "Very good"],
  ofMax: "{value} of {max}",
};

/** A rating, a text for low ratings, and thanks. */
export const csatSteps: SurveyStep[] = [
  {
    id: "rating",
    kind: "rating",
    measure: "csat",
    display: "faces",
    scale: 5,
    prompt: "How satisfied are you with the export?",
    branches: [{ when: { operator: "at_least", value: 4 }, goTo: "end" }],
  },
  { id: "text", kind: "text", prompt: "What went wrong?", isOptional: true, maxLength: 2_000 },
  { id: "thanks", kind: "thanks", prompt: "Thank you. We read every answer." },
];

/** A survey as the collector grants it. */
export function surveyOf(steps: SurveyStep[], changes: Partial<SurveyContent> = {}): SurveyContent {
  return {
    id: "s1",
    key: "csat",
    name: "CSAT",
    locale: "en",
    direction: "ltr",
    steps,
    appearance: { theme: "light", position: "bottom_right" },
    messages: english,
    ...changes,
  };
}

/** Due as soon as a task is completed. */
export const taskRule: SurveyRule = {
  id: "s1",
  key: "csat",
  trigger: { kind: "task", outcome: "completed" },
  event: "Task Completed",
  delayMs: 0,
  cancelEvents: [],
};

/** A rule that no event announces. */
export function watching(trigger: SurveyRule["trigger"], id = "s1"): SurveyRule {
  return { id, key: id, trigger, delayMs: 0, cancelEvents: [] };
}

/** A bridge that keeps what is tracked. */
export function createBridge(surveys: SurveyRule[] = [taskRule]) {
  const tracked: [event: string, properties: { [key: string]: Json }][] = [];
  const bridge: PromptBridge = {
    host: "http://collector.test",
    writeKey: "wk_test",
    config: { wake: [], surveys, hasFeedback: true },
    who: () => ({ anonymousId: "anon", sessionId: "session" }),
    track: (event, properties) => void tracked.push([event, properties]),
    onEvent: () => () => {},
    debug: () => {},
  };
  return { bridge, tracked };
}
