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
      // A path to wake for says how it begins.
      return onPage(/^(equals|starts_with)$/.test(trigger.match) ? trigger.path : undefined);
    case "time_on_page":
    case "scroll":
    case "click":
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
    surveys: open.map(({ id, key, definition: { trigger, delayMs, cancelEvents, targeting } }) => ({
      id,
      key,
      trigger,
      delayMs,
      cancelEvents,
      ...(targeting.selector && { selector: targeting.selector }),
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
