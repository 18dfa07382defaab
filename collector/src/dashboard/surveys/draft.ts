import { DEVICES, type Device } from "../../surveys/device.ts";
import type { Survey, SurveyDefinition } from "../../surveys/survey-definition.ts";
import type { FormFields } from "../form.ts";
import { oneOf } from "../one-of.ts";
import { toKey } from "../to-key.ts";
import { type FilterDraft, parseFilters, toFilterDraft } from "./filter-draft.ts";
import { toLine, toLines } from "./keep.ts";
import { parseQuotas, type QuotaDraft, toQuotaDraft } from "./quota-draft.ts";
import { emptyStep, parseStep, type Question, type StepDraft, toStepDraft } from "./step-draft.ts";
import { PROMPTS } from "./step-kinds.ts";
import {
  parseTranslations,
  type TranslationsDraft,
  toTranslationsDraft,
} from "./translation-draft.ts";
import { parseTrigger, type TriggerDraft, toTriggerDraft } from "./trigger-draft.ts";

/** Questions that a survey may have. */
export const MOST_STEPS = 5;

/** The places of the form that hold texts: the numbers of its questions, and its thanks. */
export const PLACES = [...Array.from({ length: MOST_STEPS }, (_, at) => String(at + 1)), "thanks"];

export const AGAIN_WORDS = {
  usual: "As usual: never, NPS after 90 days",
  never: "Never",
  days: "After some days",
};

export const POSITION_WORDS = {
  bottom_right: "Bottom right",
  bottom_left: "Bottom left",
  top_right: "Top right",
  top_left: "Top left",
  center: "Centre",
};

export const DEVICE_WORDS = { phone: "Phones", tablet: "Tablets", desktop: "Desktops" };

export const THEME_WORDS = { auto: "Like the page", light: "Light", dark: "Dark" };

/** A survey as the form holds it: texts and choices. Times are of UTC. */
export interface SurveyDraft extends TriggerDraft {
  name: string;
  key: string;
  steps: StepDraft[];
  thanks: string;
  /** Keys; none: all accounts. */
  segments: string[];
  /** Kinds of device; none: any. */
  devices: Device[];
  /** CSS selector of what must be on the page; empty: nothing. */
  selector: string;
  user: FilterDraft[];
  account: FilterDraft[];
  /** In per cent. */
  sample: string;
  /** In seconds. */
  delay: string;
  /** Names of events, one a line. */
  cancel: string;
  start: string;
  end: string;
  again: keyof typeof AGAIN_WORDS;
  /** Days until the same person is asked again. */
  repeat: string;
  /** Days; empty: as the kind of question suggests. */
  spread: string;
  /** Answers after which it stops; empty: it does not. */
  cap: string;
  /** Answers after which segments stop. */
  quotas: QuotaDraft[];
  /** With commas between. */
  tags: string;
  theme: keyof typeof THEME_WORDS;
  position: keyof typeof POSITION_WORDS;
  accent: string;
  /** The widget's own colour instead. */
  isPlain: boolean;
  anchor: string;
  locale: string;
  translations: TranslationsDraft;
}

const ACCENT = "#14597d";

/** Reads the form; what is absent gets what most people want. */
export function parseDraft(field: FormFields): SurveyDraft {
  const word = (name: string, longest: number): string => toLine(field(name)).slice(0, longest);
  const name = word("name", 200);
  const steps = Array.from({ length: MOST_STEPS }, (_, at) => parseStep(field, at + 1));
  const [first] = steps;
  if (first && steps.every(({ kind }) => kind === "")) {
    steps[0] = { ...first, kind: "nps", prompt: first.prompt || PROMPTS.nps };
  }
  return {
    ...parseTrigger(field),
    name,
    key: word("key", 100) || toKey(name),
    steps,
    thanks: word("thanks", 500),
    segments: [...new Set(field.all("segments").map(toLine))].filter((key) => key !== ""),
    devices: DEVICES.filter((device) => field.all("devices").includes(device)),
    selector: word("selector", 300),
    user: parseFilters(field, "user"),
    account: parseFilters(field, "account"),
    sample: word("sample", 30) || "100",
    delay: word("delay", 30) || "0",
    cancel: toLines(field("cancel")).join("\n").slice(0, 5_000),
    start: word("start", 30),
    end: word("end", 30),
    again: oneOf(AGAIN_WORDS, field("again"), "usual"),
    repeat: word("repeat", 10),
    spread: word("spread", 10),
    cap: word("cap", 20),
    quotas: parseQuotas(field),
    tags: word("tags", 500),
    theme: oneOf(THEME_WORDS, field("theme"), "auto"),
    position: oneOf(POSITION_WORDS, field("position"), "bottom_right"),
    accent: toColour(field("accent")),
    isPlain: field("form") === "" ? !field("accent") : field("plain") !== "",
    anchor: word("anchor", 300),
    locale: word("locale", 50) || "en",
    translations: parseTranslations(field, PLACES),
  };
}

/** What a colour input can show of a colour. */
export const toColour = (colour: string | undefined): string =>
  /^#[0-9a-f]{6}$/i.test(colour ?? "") ? (colour ?? "").toLowerCase() : ACCENT;

/** A share as per cent, without the dust of its floating point. */
export const toPercentText = (share: number): string => String(Number((share * 100).toFixed(9)));

export const toSecondsText = (ms: number): string => String(ms / 1_000);

export const toTagsText = (tags: readonly string[]): string => toLine(tags.join(", "));

/** A moment as `datetime-local` shows it, of UTC; empty where it can't. */
export function toMomentText(moment: string | undefined): string {
  const at = Date.parse(moment ?? "");
  const text = Number.isFinite(at) ? new Date(at).toISOString().slice(0, 16) : "";
  return /^[1-9]\d{3}-/.test(text) ? text : "";
}

/** A survey as the form shows it: its draft, where one waits. */
export function toSurveyDraft({ name, key, definition, draft }: Survey): SurveyDraft {
  const shown: SurveyDefinition = draft ?? definition;
  const { trigger, targeting, repeatAfterDays, appearance, schedule } = shown;
  const questions = shown.steps.filter((step): step is Question => step.kind !== "thanks");
  const toPlace = toPlaceOf(questions.map(({ id }) => id));
  return {
    ...toTriggerDraft(trigger),
    name: toLine(name),
    key,
    steps: Array.from({ length: MOST_STEPS }, (_, at) => {
      const step = questions[at];
      return step ? toStepDraft(step, at + 1, toPlace) : emptyStep(at + 1);
    }),
    thanks: toLine(shown.steps.find(({ kind }) => kind === "thanks")?.prompt ?? ""),
    segments: [...new Set(targeting.segments.map(toLine))],
    devices: DEVICES.filter((device) => targeting.devices?.includes(device)),
    selector: toLine(targeting.selector ?? ""),
    user: targeting.user.map(toFilterDraft),
    account: targeting.account.map(toFilterDraft),
    sample: toPercentText(shown.sampleShare),
    delay: toSecondsText(shown.delayMs),
    cancel: toLines(shown.cancelEvents.join("\n")).join("\n"),
    start: toMomentText(schedule.startAt),
    end: toMomentText(schedule.endAt),
    again: repeatAfterDays === null ? "never" : "days",
    repeat: repeatAfterDays === null ? "" : String(repeatAfterDays),
    spread: String(shown.spreadDays),
    cap: shown.responseCap === null ? "" : String(shown.responseCap),
    quotas: (shown.quotas ?? []).map(toQuotaDraft),
    tags: toTagsText(shown.tags ?? []),
    theme: appearance.theme,
    position: appearance.position,
    accent: toColour(appearance.accent),
    isPlain: appearance.accent === undefined,
    anchor: toLine(appearance.anchor ?? ""),
    locale: shown.locale,
    translations: toTranslationsDraft(shown.translations, toPlace),
  };
}

/** @param ids - of the steps behind the form's questions, empty for new ones */
export const toPlaceOf =
  (ids: readonly string[]) =>
  (stepId: string): string => {
    const at = ids.indexOf(stepId);
    return at < 0 ? "thanks" : String(at + 1);
  };
