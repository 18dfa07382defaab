import type { SurveyTrigger } from "@telltale/protocol";

/** When a survey asks, in the words of the form. */
export const TRIGGER_WORDS = {
  task: "A task was completed",
  task_failed: "A task failed",
  event: "An event happens",
  feature: "A feature is used",
  page: "A page is opened",
  exit: "The pointer leaves for the tabs",
  manual: "Only when the app asks",
  kept: "As it was made with the API",
} as const;

export interface TriggerDraft {
  trigger: keyof typeof TRIGGER_WORDS;
  /** The task, event, feature or path; may be empty for any task. */
  about: string;
}

/** A trigger as the form shows it. */
export function toTriggerDraft(trigger: SurveyTrigger): TriggerDraft {
  switch (trigger.kind) {
    case "task":
      return {
        trigger: trigger.outcome === "failed" ? "task_failed" : "task",
        about: trigger.task ?? "",
      };
    case "event":
      return trigger.where
        ? { trigger: "kept", about: "" }
        : { trigger: "event", about: trigger.event };
    case "feature":
      return trigger.stage
        ? { trigger: "kept", about: "" }
        : { trigger: "feature", about: trigger.feature };
    case "page":
      return trigger.match === "starts_with"
        ? { trigger: "page", about: trigger.path }
        : { trigger: "kept", about: "" };
    case "exit_intent":
      return { trigger: "exit", about: trigger.path ?? "" };
    case "manual":
      return { trigger: "manual", about: "" };
    default:
      return { trigger: "kept", about: "" };
  }
}

/** @param before - what `kept` stands for */
export function toTrigger(
  { trigger, about }: TriggerDraft,
  before: SurveyTrigger | null,
): SurveyTrigger {
  switch (trigger) {
    case "task":
    case "task_failed": {
      const outcome = trigger === "task" ? "completed" : "failed";
      return { kind: "task", outcome, ...(about && { task: about }) };
    }
    case "event":
      return { kind: "event", event: about };
    case "feature":
      return { kind: "feature", feature: about };
    case "page":
      return { kind: "page", match: "starts_with", path: about || "/" };
    case "exit":
      return { kind: "exit_intent", ...(about && { path: about }) };
    case "manual":
      return { kind: "manual" };
    case "kept":
      return before ?? { kind: "manual" };
  }
}
