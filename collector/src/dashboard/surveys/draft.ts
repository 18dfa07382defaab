import type { z } from "zod";
import type { newSurveySchema } from "../../surveys/schema.ts";
import type { SurveyDefinition } from "../../surveys/survey-definition.ts";

/** What the form can make; everything else of a definition is for the REST interface. */
export const KINDS = {
  nps: {
    word: "NPS: would they recommend it? 0 to 10",
    prompt: "How likely are you to recommend us to a colleague?",
  },
  csat: { word: "CSAT: five faces", prompt: "How did that go?" },
  stars: { word: "CSAT: five stars", prompt: "How satisfied are you with this feature?" },
  ces: { word: "CES: effort, 1 to 7", prompt: "How easy was it to get this done?" },
  thumbs: { word: "Thumbs up or down", prompt: "Was this helpful?" },
  text: { word: "A short text", prompt: "What is missing?" },
} as const;

export type SurveyKind = keyof typeof KINDS;

const TRIGGERS = {
  task: "A task was completed",
  event: "An event happens",
  feature: "A feature is used",
  page: "A page is opened",
  manual: "Only when the app asks",
} as const;

export const TRIGGER_WORDS: Record<string, string> = TRIGGERS;

/** A survey as the form holds it: texts and choices. */
export interface SurveyDraft {
  name: string;
  key: string;
  kind: SurveyKind;
  prompt: string;
  /** Asked afterwards; empty: nothing more is asked. */
  followUp: string;
  thanks: string;
  trigger: keyof typeof TRIGGERS;
  /** The task, event, feature or path; may be empty for any task. */
  about: string;
  segment: string;
  /** In per cent. */
  sample: number;
  theme: "auto" | "light" | "dark";
  position: "bottom_right" | "bottom_left" | "center";
  accent: string;
  locale: string;
}

const oneOf = <Word extends string>(words: readonly Word[], given: string): Word =>
  words.find((word) => word === given) ?? (words[0] as Word);

/** A question that nobody wrote changes with the kind. */
function toPrompt(kind: SurveyKind, given: string): string {
  const isOurs = Object.values(KINDS).some(({ prompt }) => prompt === given);
  return given === "" || isOurs ? KINDS[kind].prompt : given;
}

/** Reads the form, or the query of its preview; what is absent gets what most people want. */
export function parseDraft(field: (name: string) => string): SurveyDraft {
  const kind = oneOf(Object.keys(KINDS) as SurveyKind[], field("kind"));
  const name = field("name").slice(0, 200);
  const sample = Number(field("sample") || 100);
  return {
    name,
    key:
      field("key") ||
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 60),
    kind,
    prompt: toPrompt(kind, field("prompt").slice(0, 500)),
    followUp: field("follow-up").slice(0, 500),
    thanks: field("thanks").slice(0, 500),
    trigger: oneOf(Object.keys(TRIGGERS) as SurveyDraft["trigger"][], field("trigger")),
    about: field("about").slice(0, 200),
    segment: field("segment").slice(0, 200),
    sample: Number.isFinite(sample) ? Math.min(100, Math.max(1, sample)) : 100,
    theme: oneOf(["auto", "light", "dark"], field("theme")),
    position: oneOf(["bottom_right", "bottom_left", "center"], field("position")),
    accent: /^#[0-9a-f]{6}$/i.test(field("accent")) ? field("accent") : "#14597d",
    locale: field("locale").slice(0, 20) || "en",
  };
}

function toFirstStep({ kind, prompt }: SurveyDraft): SurveyDefinition["steps"][number] {
  switch (kind) {
    case "nps":
      return { id: "nps", kind: "nps", prompt };
    case "csat":
      return { id: "rating", kind: "rating", measure: "csat", display: "faces", scale: 5, prompt };
    case "stars":
      return { id: "rating", kind: "rating", measure: "csat", display: "stars", scale: 5, prompt };
    case "ces":
      return { id: "effort", kind: "rating", measure: "ces", display: "numbers", scale: 7, prompt };
    case "thumbs":
      return { id: "thumbs", kind: "thumbs", prompt };
    case "text":
      return { id: "text", kind: "text", prompt, isOptional: false, maxLength: 2_000 };
  }
}

function toTrigger({ trigger, about }: SurveyDraft): SurveyDefinition["trigger"] {
  switch (trigger) {
    case "task":
      return { kind: "task", outcome: "completed", ...(about && { task: about }) };
    case "event":
      return { kind: "event", event: about };
    case "feature":
      return { kind: "feature", feature: about };
    case "page":
      return { kind: "page", match: "starts_with", path: about || "/" };
    case "manual":
      return { kind: "manual" };
  }
}

/** The draft as the body of a new survey; `newSurveySchema` has the last word on it. */
export function toNewSurvey(draft: SurveyDraft): z.input<typeof newSurveySchema> {
  const steps: SurveyDefinition["steps"] = [toFirstStep(draft)];
  if (draft.followUp) {
    steps.push({
      id: "comment",
      kind: "text",
      prompt: draft.followUp,
      isOptional: true,
      maxLength: 2_000,
    });
  }
  if (draft.thanks) steps.push({ id: "thanks", kind: "thanks", prompt: draft.thanks });
  const definition = {
    locale: draft.locale,
    steps,
    trigger: toTrigger(draft),
    targeting: { user: [], account: [], segments: draft.segment ? [draft.segment] : [] },
    sampleShare: draft.sample / 100,
    appearance: { theme: draft.theme, position: draft.position, accent: draft.accent },
  };
  return {
    key: draft.key,
    name: draft.name,
    definition: definition as z.input<typeof newSurveySchema>["definition"],
  };
}
