import type { SurveyStep } from "@telltale/protocol";

/** What the form can ask; `id` is how a new question of the kind is called. */
export const STEP_KINDS = {
  nps: { word: "NPS: would they recommend it? 0 to 10", id: "nps" },
  csat: { word: "CSAT: five faces", id: "rating" },
  faces3: { word: "CSAT: three faces", id: "rating" },
  stars: { word: "CSAT: five stars", id: "rating" },
  ces: { word: "CES: effort, 1 to 7", id: "effort" },
  rating: { word: "Another rating", id: "rating" },
  thumbs: { word: "Thumbs up or down", id: "thumbs" },
  choice: { word: "One of several options", id: "choice" },
  choices: { word: "Several of several options", id: "choice" },
  text: { word: "A short text", id: "comment" },
  link: { word: "A link to go on", id: "link" },
} as const;

export type StepKind = keyof typeof STEP_KINDS;

/** What a new question says until somebody writes one. */
export const PROMPTS: Record<StepKind, string> = {
  nps: "How likely are you to recommend us to a colleague?",
  csat: "How did that go?",
  faces3: "How did that go?",
  stars: "How satisfied are you with this feature?",
  ces: "How easy was it to get this done?",
  rating: "How would you rate it?",
  thumbs: "Was this helpful?",
  choice: "What would help you most?",
  choices: "What would help you?",
  text: "What is missing?",
  link: "Would you tell us more?",
};

export type Rating = Extract<SurveyStep, { kind: "rating" }>;
type Scale = Pick<Rating, "measure" | "display" | "scale">;

/** The ratings that most people want. */
export const SCALES = {
  csat: { measure: "csat", display: "faces", scale: 5 },
  faces3: { measure: "csat", display: "faces", scale: 3 },
  stars: { measure: "csat", display: "stars", scale: 5 },
  ces: { measure: "ces", display: "numbers", scale: 7 },
} as const satisfies Record<string, Scale>;

export const MEASURE_WORDS = {
  csat: "Satisfaction",
  ces: "Ease",
  custom: "Something else, in no score",
};
export const DISPLAY_WORDS = { faces: "Faces", stars: "Stars", numbers: "Numbers" };
export const SCALE_WORDS = { 3: "1 to 3", 5: "1 to 5", 7: "1 to 7", 10: "1 to 10" };

/** The kind of the form that a step is of. */
export function kindOf(step: Exclude<SurveyStep, { kind: "thanks" }>): StepKind {
  if (step.kind === "choice") return step.isMultiple ? "choices" : "choice";
  if (step.kind !== "rating") return step.kind;
  const usual = (Object.keys(SCALES) as (keyof typeof SCALES)[]).find((kind) => {
    const { measure, display, scale } = SCALES[kind];
    return step.measure === measure && step.display === display && step.scale === scale;
  });
  return usual ?? "rating";
}
