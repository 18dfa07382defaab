import type { z } from "zod";
import { DEVICES, type Device } from "../../surveys/device.ts";
import type { newSurveySchema } from "../../surveys/schema.ts";
import type { Survey, SurveyDefinition } from "../../surveys/survey-definition.ts";
import { toTags } from "../features/request-page.tsx";
import {
  PLACES,
  type SurveyDraft,
  toColour,
  toMomentText,
  toPercentText,
  toPlaceOf,
  toSecondsText,
  toTagsText,
} from "./draft.ts";
import { toFilters } from "./filter-draft.ts";
import { ifAny, keepRows, keepText, keepValue, toLine, toLines } from "./keep.ts";
import { toQuotas } from "./quota-draft.ts";
import type { StepDraft } from "./step-draft.ts";
import type { StepKind } from "./step-kinds.ts";
import { toStep, withBranches } from "./to-step.ts";
import { toTranslations } from "./translation-draft.ts";
import { toTrigger } from "./trigger-draft.ts";

export type NewDefinition = z.input<typeof newSurveySchema>["definition"];

/** A definition with where in the form each of its steps stands. */
export interface DraftedDefinition {
  definition: NewDefinition;
  /** One a step: the number of the form's question, or `thanks`. */
  places: string[];
}

/**
 * What the form says, as a definition; the schema has the last word on it. What nobody touched stays
 * exactly as it was, also where the form shows only a part of it.
 *
 * @param survey - that is changed; null for a new one
 */
export function toDefinitionInput(draft: SurveyDraft, survey: Survey | null): DraftedDefinition {
  const before = survey ? (survey.draft ?? survey.definition) : null;
  const { steps, places } = toSteps(draft, survey);
  const oldIds = draft.steps.map(({ id }) => id);
  const oldThanks = before?.steps.find(({ kind }) => kind === "thanks")?.id ?? "thanks";
  const ids = PLACES.flatMap((place) => {
    const now = steps[places.indexOf(place)]?.id;
    const id = place === "thanks" ? oldThanks : (oldIds[Number(place) - 1] ?? "");
    return now === undefined ? [] : [{ place, before: id, now }];
  });
  const quotas = toQuotas(draft.quotas, before?.quotas ?? []);
  const tags = keepValue(draft.tags, before?.tags, { show: toTagsText, read: toTags });
  const definition = {
    locale: draft.locale,
    steps,
    translations: toTranslations(draft.translations, before?.translations ?? {}, ids),
    trigger: toTrigger(draft, before?.trigger ?? null),
    delayMs: keepValue(draft.delay, before?.delayMs, {
      show: toSecondsText,
      read: (seconds) => Math.round(Number(seconds) * 1_000),
    }),
    cancelEvents: toCancelEvents(draft, before?.cancelEvents ?? []),
    targeting: {
      user: toFilters(draft.user, before?.targeting.user ?? []),
      account: toFilters(draft.account, before?.targeting.account ?? []),
      segments: toSegments(draft, before?.targeting.segments ?? []),
      ...toDevices(draft, before?.targeting.devices ?? []),
      ...ifAny("selector", keepText(draft.selector, before?.targeting.selector)),
    },
    sampleShare: keepValue(draft.sample, before?.sampleShare, {
      show: toPercentText,
      read: (percent) => Number(percent) / 100,
    }),
    schedule: {
      ...ifAny("startAt", toMoment(draft.start, before?.schedule.startAt)),
      ...ifAny("endAt", toMoment(draft.end, before?.schedule.endAt)),
    },
    ...(draft.again !== "usual" && {
      repeatAfterDays: draft.again === "never" ? null : Number(draft.repeat),
    }),
    ...(draft.spread !== "" && { spreadDays: Number(draft.spread) }),
    responseCap: draft.cap === "" ? null : Number(draft.cap),
    ...(quotas.length > 0 && { quotas }),
    ...(tags.length > 0 && { tags }),
    appearance: toAppearance(draft, before?.appearance),
  };
  return { definition: definition as NewDefinition, places };
}

/** Questions in the order of their positions, then the thanks. */
function toSteps(draft: SurveyDraft, survey: Survey | null) {
  const known = [...(survey?.draft?.steps ?? []), ...(survey?.definition.steps ?? [])];
  // A new question never takes the id of another one that was asked.
  const taken = new Set(known.map(({ id }) => id));
  const filled = draft.steps
    .map((step, at) => ({ step, place: String(at + 1) }))
    .filter((one): one is { step: StepDraft & { kind: StepKind }; place: string } => {
      return one.step.kind !== "";
    });
  const questions = filled.map(({ step, place }) => {
    const next = toStep(step, known, taken);
    taken.add(next.id);
    return { step, place, next };
  });
  const idOf = new Map<string, string>(questions.map(({ place, next }) => [place, next.id]));
  const last = known.find(({ kind }) => kind === "thanks");
  const thanks = draft.thanks && {
    ...last,
    id: last?.id ?? (taken.has("thanks") ? "the-thanks" : "thanks"),
    kind: "thanks" as const,
    prompt: keepText(draft.thanks, last?.prompt),
  };
  if (thanks) idOf.set("thanks", thanks.id);
  const routes = {
    toPlace: toPlaceOf(draft.steps.map(({ id }) => id)),
    toStepId: (place: string) => idOf.get(place) ?? null,
  };
  const ordered = questions.sort((a, b) => Number(a.step.position) - Number(b.step.position));
  const steps: SurveyDefinition["steps"] = [
    ...ordered.map(({ step, next }) => withBranches(next, step, routes)),
    ...(thanks ? [thanks] : []),
  ];
  return { steps, places: [...ordered.map(({ place }) => place), ...(thanks ? ["thanks"] : [])] };
}

function toCancelEvents({ cancel }: SurveyDraft, before: readonly string[]): string[] {
  if (toLines(before.join("\n")).join("\n") === cancel) return [...before];
  return keepRows(toLines(cancel), before, { show: toLine, read: (name) => name });
}

/** Those of before that are still chosen, in their order, then the new ones. */
function toSegments({ segments }: SurveyDraft, before: readonly string[]): string[] {
  const kept = before.filter((key) => toLine(key) === "" || segments.includes(toLine(key)));
  const known = new Set(before.map(toLine));
  return [...kept, ...segments.filter((key) => !known.has(key))];
}

/** In the order of before, where the same ones are chosen. */
function toDevices({ devices }: SurveyDraft, before: readonly Device[]): { devices?: Device[] } {
  if (devices.length === 0) return {};
  const isSame = DEVICES.every((one) => devices.includes(one) === before.includes(one));
  return { devices: isSame ? [...before] : devices };
}

function toMoment(typed: string, before: string | undefined): string | undefined {
  if (toMomentText(before) === typed) return before;
  const at = Date.parse(`${typed}Z`);
  // What is no moment goes on as it is, so that the schema refuses it.
  return Number.isFinite(at) ? new Date(at).toISOString() : typed;
}

function toAppearance(
  draft: SurveyDraft,
  before: SurveyDefinition["appearance"] | undefined,
): Record<string, unknown> {
  const isSame = before?.accent !== undefined && toColour(before.accent) === draft.accent;
  return {
    theme: draft.theme,
    position: draft.position,
    ...(!draft.isPlain && { accent: isSame ? before?.accent : draft.accent }),
    ...ifAny("anchor", keepText(draft.anchor, before?.anchor)),
  };
}
