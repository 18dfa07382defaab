import type { Json, SurveyTrigger } from "@telltale/protocol";

type Properties = { [key: string]: Json };

/**
 * Whether an event makes a trigger fire, apart from the filters of its properties. Time on page and
 * exit intent have no event.
 */
export function matchesEvent(
  trigger: SurveyTrigger,
  event: string,
  properties: Properties,
): boolean {
  switch (trigger.kind) {
    case "event":
      return event === trigger.event;
    case "feature":
      return (
        event === "Feature Used" &&
        properties.feature === trigger.feature &&
        (!trigger.stage || properties.stage === trigger.stage)
      );
    case "task":
      return (
        event === `Task ${trigger.outcome === "failed" ? "Failed" : "Completed"}` &&
        (!trigger.task || properties.task === trigger.task)
      );
    default:
      return trigger.kind === "page" && event === "$page";
  }
}

/**
 * Whether a trigger may fire on a page. Triggers that are not about a page fire anywhere.
 *
 * @param path - without query and hash
 */
export function matchesPath(trigger: SurveyTrigger, path: string): boolean {
  const { path: wanted, match } = trigger as { path?: string; match?: string };
  if (!wanted) return true;
  if (match === "equals") return path === wanted;
  return match === "contains" ? path.includes(wanted) : path.startsWith(wanted);
}
