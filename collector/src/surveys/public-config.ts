import type { PublicConfig, SurveyTrigger, WakeRule } from "@telltale/protocol";
import { RESERVED_EVENTS } from "@telltale/protocol";
import type { Db } from "../db/client.ts";
import { FEEDBACK_KEY } from "./decide-prompt.ts";
import { findLiveSurveys } from "./queries.ts";
import type { Survey } from "./survey-definition.ts";

const onPage = (path: string | undefined): WakeRule =>
  path === undefined ? { event: "$page" } : { event: "$page", path };

/** The event that may make a trigger fire, so that the browser loads the widget for it. */
export function wakeRuleOf(trigger: SurveyTrigger): WakeRule | null {
  switch (trigger.kind) {
    case "event":
      return { event: trigger.event };
    case "feature":
      return { event: RESERVED_EVENTS.featureUsed };
    case "task":
      return {
        event:
          trigger.outcome === "failed" ? RESERVED_EVENTS.taskFailed : RESERVED_EVENTS.taskCompleted,
      };
    case "page":
      return onPage(trigger.match === "contains" ? undefined : trigger.path);
    case "time_on_page":
    case "exit_intent":
      return onPage(trigger.path);
    case "manual":
      return null;
  }
}

/** Drops rules that a wider one of the same event covers. */
function withoutCovered(rules: WakeRule[]): WakeRule[] {
  const covers = (wide: WakeRule, narrow: WakeRule) =>
    wide.event === narrow.event && (narrow.path ?? "").startsWith(wide.path ?? "");
  return rules.filter(
    (rule, index) =>
      !rules.some(
        (other, at) => at !== index && covers(other, rule) && (!covers(rule, other) || at < index),
      ),
  );
}

/** What every browser of a project may know of its live surveys. */
export function toPublicConfig(surveys: Survey[], nowMs: number): PublicConfig {
  const open = surveys.filter(
    ({ definition: { schedule } }) => !schedule.endAt || Date.parse(schedule.endAt) > nowMs,
  );
  const wake = open.flatMap(({ definition }) => wakeRuleOf(definition.trigger) ?? []);
  return {
    wake: withoutCovered(wake),
    surveys: open.map(({ id, key, definition: { trigger, delayMs, cancelEvents } }) => ({
      id,
      key,
      trigger,
      delayMs,
      cancelEvents,
    })),
    hasFeedback: open.some(({ key }) => key === FEEDBACK_KEY),
  };
}

/** Reads the public settings of a project. */
export async function readPublicConfig(
  db: Db,
  projectId: string,
  nowMs: number,
): Promise<PublicConfig> {
  return toPublicConfig(await findLiveSurveys(db, projectId), nowMs);
}
