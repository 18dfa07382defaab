import type { SurveyTrigger } from "@telltale/protocol";
import type { FormFields } from "../form.ts";
import { oneOf } from "../one-of.ts";
import { type FilterDraft, parseFilters, toFilterDraft, toFilters } from "./filter-draft.ts";
import { ifAny, keepText, toLine } from "./keep.ts";

/** When a survey asks, in the words of the form. */
export const TRIGGER_WORDS = {
  task: "A task was completed",
  task_failed: "A task failed",
  event: "An event happens",
  feature: "A feature is used",
  page: "A page is opened",
  time: "Somebody stays on a page",
  scroll: "Somebody scrolls down a page",
  click: "Something is clicked",
  exit: "The pointer leaves for the tabs",
  manual: "Only when the app asks",
} as const;

export const MATCH_WORDS = {
  starts_with: "starts with",
  equals: "is",
  contains: "contains",
  ends_with: "ends with",
  not_equals: "is not",
  not_contains: "does not contain",
};

export const STAGE_WORDS = {
  "": "At any use",
  seen: "Seen",
  tried: "Tried",
  activated: "Activated",
  adopted: "Adopted",
};

type Trigger<Kind extends SurveyTrigger["kind"]> = Extract<SurveyTrigger, { kind: Kind }>;

/** A trigger as the form holds it. */
export interface TriggerDraft {
  trigger: keyof typeof TRIGGER_WORDS;
  /** The task, event, feature or path; may be empty for any task or page. */
  about: string;
  match: keyof typeof MATCH_WORDS;
  stage: string;
  /** On the page. */
  seconds: string;
  /** Of the page, in per cent. */
  percent: string;
  /** CSS selector of what is clicked. */
  clicked: string;
  /** What it says; may be empty for anything. */
  says: string;
  /** Tests of the event's properties. */
  where: FilterDraft[];
}

/** Reads the trigger of a form. */
export function parseTrigger(field: FormFields): TriggerDraft {
  return {
    trigger: oneOf(TRIGGER_WORDS, field("trigger"), "task"),
    about: toLine(field("about")).slice(0, 500),
    match: oneOf(MATCH_WORDS, field("match"), "starts_with"),
    stage: field("stage").slice(0, 20),
    seconds: field("seconds").slice(0, 10) || "30",
    percent: field("percent").slice(0, 10) || "50",
    clicked: toLine(field("clicked")).slice(0, 300),
    says: toLine(field("says")).slice(0, 200),
    where: parseFilters(field, "where"),
  };
}

const NONE = {
  match: "starts_with",
  stage: "",
  seconds: "30",
  percent: "50",
  clicked: "",
  says: "",
  where: [],
} as const;

/** A trigger as the form shows it. */
export function toTriggerDraft(trigger: SurveyTrigger): TriggerDraft {
  const draft = (
    word: TriggerDraft["trigger"],
    about: string | undefined,
    more: Partial<TriggerDraft> = {},
  ): TriggerDraft => ({ ...NONE, where: [], trigger: word, about: toLine(about ?? ""), ...more });
  switch (trigger.kind) {
    case "task":
      return draft(trigger.outcome === "failed" ? "task_failed" : "task", trigger.task);
    case "event":
      return draft("event", trigger.event, { where: (trigger.where ?? []).map(toFilterDraft) });
    case "feature":
      return draft("feature", trigger.feature, { stage: trigger.stage ?? "" });
    case "page":
      return draft("page", trigger.path, { match: trigger.match });
    case "time_on_page":
      return draft("time", trigger.path, { seconds: String(trigger.seconds) });
    case "scroll":
      return draft("scroll", trigger.path, { percent: String(trigger.percent) });
    case "click":
      return draft("click", trigger.path, {
        clicked: toLine(trigger.selector),
        says: toLine(trigger.text ?? ""),
      });
    case "exit_intent":
      return draft("exit", trigger.path);
    case "manual":
      return draft("manual", "");
  }
}

/**
 * The trigger that the form says.
 *
 * @param last - the trigger before
 */
export function toTrigger(draft: TriggerDraft, last: SurveyTrigger | null): SurveyTrigger {
  const { about } = draft;
  const before = <Kind extends SurveyTrigger["kind"]>(kind: Kind): Partial<Trigger<Kind>> =>
    last?.kind === kind ? (last as Trigger<Kind>) : {};
  switch (draft.trigger) {
    case "task":
    case "task_failed":
      return {
        kind: "task",
        outcome: draft.trigger === "task" ? "completed" : "failed",
        ...ifAny("task", keepText(about, before("task").task)),
      };
    case "event": {
      const { event, where } = before("event");
      const tests = toFilters(draft.where, where ?? []);
      return {
        kind: "event",
        event: keepText(about, event),
        ...((tests.length > 0 || where) && { where: tests }),
      };
    }
    case "feature":
      return {
        kind: "feature",
        feature: keepText(about, before("feature").feature),
        ...ifAny("stage", draft.stage),
      };
    case "page": {
      const { path } = before("page");
      return { kind: "page", match: draft.match, path: keepText(about, path) || "/" };
    }
    case "time":
      return {
        kind: "time_on_page",
        seconds: Number(draft.seconds),
        ...ifAny("path", keepText(about, before("time_on_page").path)),
      };
    case "scroll":
      return {
        kind: "scroll",
        percent: Number(draft.percent),
        ...ifAny("path", keepText(about, before("scroll").path)),
      };
    case "click":
      return {
        kind: "click",
        selector: keepText(draft.clicked, before("click").selector),
        ...ifAny("text", keepText(draft.says, before("click").text)),
        ...ifAny("path", keepText(about, before("click").path)),
      };
    case "exit":
      return { kind: "exit_intent", ...ifAny("path", keepText(about, before("exit_intent").path)) };
    case "manual":
      return { kind: "manual" };
  }
}
