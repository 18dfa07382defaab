import type { PublicConfig, SurveyRule, SurveyTrigger, WakeRule } from "@telltale/protocol";
import { RESERVED_EVENTS } from "@telltale/protocol";
import type { Db } from "../db/client.ts";
import { FEEDBACK_KEY } from "./decide-prompt.ts";
import { findLiveSurveys } from "./queries.ts";
import type { Survey } from "./survey-definition.ts";

/** The event of a page view, as browsers call it among themselves. */
const PAGE = "$page";

const onPage = (path: string | undefined): WakeRule =>
  path === undefined ? { event: PAGE } : { event: PAGE, path };

/** The event that may make a trigger fire; none where the page is watched, or only a wish counts. */
function eventOf(trigger: SurveyTrigger): string | undefined {
  switch (trigger.kind) {
    case "event":
      return trigger.event;
    case "feature":
      return RESERVED_EVENTS.featureUsed;
    case "task":
      return trigger.outcome === "failed"
        ? RESERVED_EVENTS.taskFailed
        : RESERVED_EVENTS.taskCompleted;
    case "page":
      return PAGE;
    default:
      return undefined;
  }
}

/** What makes the browser load the widget for a trigger. */
export function wakeRuleOf(trigger: SurveyTrigger): WakeRule | null {
  switch (trigger.kind) {
    case "page":
      // A path to wake for says how it begins.
      return onPage(/^(equals|starts_with)$/.test(trigger.match) ? trigger.path : undefined);
    case "time_on_page":
    case "scroll":
    case "click":
    case "exit_intent":
      return onPage(trigger.path);
    default: {
      const event = eventOf(trigger);
      return event === undefined ? null : { event };
    }
  }
}

/** What a browser may know of a survey before it asks for it. */
function toRule({ id, key, definition }: Survey): SurveyRule {
  const { trigger, delayMs, cancelEvents, targeting } = definition;
  const event = eventOf(trigger);
  return {
    id,
    key,
    trigger,
    ...(event !== undefined && { event }),
    delayMs,
    cancelEvents,
    ...(targeting.selector && { selector: targeting.selector }),
  };
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
    surveys: open.map(toRule),
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
