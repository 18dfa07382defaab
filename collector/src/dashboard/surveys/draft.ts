import type { z } from "zod";
import type { newSurveySchema } from "../../surveys/schema.ts";
import type { Survey, SurveyDefinition } from "../../surveys/survey-definition.ts";
import {
  PROMPTS,
  STEP_KINDS,
  type StepDraft,
  type StepKind,
  toStep,
  toStepDraft,
} from "./step-draft.ts";
import { TRIGGER_WORDS, type TriggerDraft, toTrigger, toTriggerDraft } from "./trigger-draft.ts";

/** Questions that a survey may have. */
export const MOST_STEPS = 5;

/** A survey as the form holds it: texts and choices. */
export interface SurveyDraft extends TriggerDraft {
  name: string;
  key: string;
  steps: StepDraft[];
  thanks: string;
  segment: string;
  /** In per cent. */
  sample: number;
  /** Days until the same person is asked again; empty: as the kind of question suggests. */
  repeat: string;
  /** Answers after which it stops; empty: it does not. */
  cap: string;
  theme: "auto" | "light" | "dark";
  position: SurveyDefinition["appearance"]["position"];
  accent: string;
  locale: string;
}

type Field = (name: string) => string;
type NewDefinition = z.input<typeof newSurveySchema>["definition"];

const oneOf = <Word extends string>(words: readonly Word[], given: string): Word =>
  words.find((word) => word === given) ?? (words[0] as Word);

const KINDS = Object.keys(STEP_KINDS) as StepKind[];
const POSITIONS = ["bottom_right", "bottom_left", "top_right", "top_left", "center"] as const;
const ACCENT = "#14597d";

function parseStep(field: Field, number: number): StepDraft {
  const given = field(`kind-${number}`);
  const kind = KINDS.find((one) => one === given) ?? "";
  const prompt = field(`prompt-${number}`).slice(0, 500);
  // A question that nobody wrote changes with the kind.
  const isOurs = Object.values(PROMPTS).includes(prompt);
  return {
    id: field(`id-${number}`).slice(0, 64),
    kind,
    prompt: kind !== "" && isOurs ? PROMPTS[kind] : prompt,
    options: field(`options-${number}`).slice(0, 5_000),
  };
}

/** Reads the form, or the query of its preview; what is absent gets what most people want. */
export function parseDraft(field: Field): SurveyDraft {
  const name = field("name").slice(0, 200);
  const sample = Number(field("sample") || 100);
  const steps = Array.from({ length: MOST_STEPS }, (_, at) => parseStep(field, at + 1));
  const [first] = steps;
  if (first && first.kind === "") steps[0] = { ...first, kind: "nps", prompt: PROMPTS.nps };
  return {
    name,
    key:
      field("key") ||
      name
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-+|-+$/g, "")
        .slice(0, 60),
    steps,
    thanks: field("thanks").slice(0, 500),
    trigger: oneOf(Object.keys(TRIGGER_WORDS) as TriggerDraft["trigger"][], field("trigger")),
    about: field("about").slice(0, 200),
    segment: field("segment").slice(0, 200),
    sample: Number.isFinite(sample) ? Math.min(100, Math.max(1, sample)) : 100,
    repeat: field("repeat").slice(0, 4),
    cap: field("cap").slice(0, 8),
    theme: oneOf(["auto", "light", "dark"], field("theme")),
    position: oneOf(POSITIONS, field("position")),
    accent: /^#[0-9a-f]{6}$/i.test(field("accent")) ? field("accent") : ACCENT,
    locale: field("locale").slice(0, 20) || "en",
  };
}

/** A survey as the form shows it: its draft, where one waits. */
export function toSurveyDraft({ name, key, definition, draft }: Survey): SurveyDraft {
  const {
    steps,
    trigger,
    targeting,
    sampleShare,
    repeatAfterDays,
    responseCap,
    appearance,
    locale,
  } = draft ?? definition;
  const questions = steps.filter(({ kind }) => kind !== "thanks").map(toStepDraft);
  const none: StepDraft = { id: "", kind: "", prompt: "", options: "" };
  return {
    ...toTriggerDraft(trigger),
    name,
    key,
    steps: Array.from({ length: MOST_STEPS }, (_, at) => questions[at] ?? none),
    thanks: steps.find(({ kind }) => kind === "thanks")?.prompt ?? "",
    segment: targeting.segments[0] ?? "",
    sample: Math.max(1, Math.round(sampleShare * 100)),
    repeat: repeatAfterDays === null ? "" : String(repeatAfterDays),
    cap: responseCap === null ? "" : String(responseCap),
    theme: appearance.theme,
    position: appearance.position,
    accent: /^#[0-9a-f]{6}$/i.test(appearance.accent ?? "") ? (appearance.accent ?? "") : ACCENT,
    locale,
  };
}

/**
 * What the form says, as a definition; the schema has the last word on it. What the form does not
 * show stays as it was.
 *
 * @param survey - that is changed; null for a new one
 */
export function toDefinitionInput(draft: SurveyDraft, survey: Survey | null): NewDefinition {
  const before = survey ? (survey.draft ?? survey.definition) : null;
  const known = [...(survey?.draft?.steps ?? []), ...(survey?.definition.steps ?? [])];
  // A new question never takes the id of another one that was asked.
  const taken = new Set(known.map(({ id }) => id));
  const steps: SurveyDefinition["steps"] = [];
  for (const step of draft.steps) {
    if (step.kind === "") continue;
    const next = toStep({ ...step, kind: step.kind }, known, taken);
    taken.add(next.id);
    steps.push(next);
  }
  if (draft.thanks) {
    const thanks = known.find(({ kind }) => kind === "thanks");
    steps.push({ id: thanks?.id ?? "thanks", kind: "thanks", prompt: draft.thanks });
  }
  const ids = new Set(steps.map(({ id }) => id));
  const [segment = "", ...others] = before?.targeting.segments ?? [];
  const isSameSegment = draft.segment === segment;
  return {
    ...before,
    locale: draft.locale,
    steps: steps.map((step) => withoutLostBranches(step, ids)),
    translations: Object.fromEntries(
      Object.entries(before?.translations ?? {})
        .filter(([locale]) => locale !== draft.locale)
        .map(([locale, texts]) => [
          locale,
          Object.fromEntries(Object.entries(texts).filter(([id]) => ids.has(id))),
        ]),
    ),
    trigger: toTrigger(draft, before?.trigger ?? null),
    targeting: {
      user: before?.targeting.user ?? [],
      account: before?.targeting.account ?? [],
      segments: [...(draft.segment ? [draft.segment] : []), ...(isSameSegment ? others : [])],
    },
    sampleShare: draft.sample / 100,
    repeatAfterDays: toRepeat(draft, before),
    responseCap: draft.cap === "" ? null : Number(draft.cap),
    appearance: {
      ...before?.appearance,
      theme: draft.theme,
      position: draft.position,
      // A colour that the form cannot show stays as it is.
      ...((draft.accent !== ACCENT || !before) && { accent: draft.accent }),
    },
  } as NewDefinition;
}

function toRepeat(
  { repeat }: SurveyDraft,
  before: SurveyDefinition | null,
): number | null | undefined {
  if (repeat !== "") return Number(repeat);
  return before?.repeatAfterDays === null ? null : undefined;
}

function withoutLostBranches(
  step: SurveyDefinition["steps"][number],
  ids: ReadonlySet<string>,
): SurveyDefinition["steps"][number] {
  if (!step.branches) return step;
  const branches = step.branches.filter(({ goTo }) => goTo === "end" || ids.has(goTo));
  return { ...step, branches };
}
