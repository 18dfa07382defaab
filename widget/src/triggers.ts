import type { Json, PropertyFilter, SurveyTrigger } from "@telltale/protocol";

type Properties = { [key: string]: Json };

/**
 * Whether a property of an event passes a filter. Numbers are compared as numbers, `contains` looks
 * into texts without regard to case, and into lists.
 *
 * @param filter - the test; a filter without a value passes only for `exists`
 * @param properties - of the event; an absent property passes only `not_equals`
 */
export function matchesFilter(filter: PropertyFilter, properties: Properties): boolean {
  const { operator, value } = filter;
  const actual = properties[filter.property];
  switch (operator) {
    case "exists":
      return actual != null;
    case "equals":
      return actual === value;
    case "not_equals":
      return actual !== value;
    case "contains":
      return Array.isArray(actual)
        ? actual.some((item) => item === value)
        : typeof actual === "string" && actual.toLowerCase().includes(String(value).toLowerCase());
    case "greater_than":
      return typeof actual === "number" && actual > Number(value);
    case "less_than":
      return typeof actual === "number" && actual < Number(value);
  }
}

/** Whether an event makes a trigger fire. Time on page and exit intent have no event. */
export function matchesEvent(
  trigger: SurveyTrigger,
  event: string,
  properties: Properties,
): boolean {
  switch (trigger.kind) {
    case "event":
      return (
        event === trigger.event &&
        (trigger.where ?? []).every((filter) => matchesFilter(filter, properties))
      );
    case "feature":
      return (
        event === "Feature Used" &&
        properties.feature === trigger.feature &&
        (!trigger.stage || properties.stage === trigger.stage)
      );
    case "task":
      return (
        event === (trigger.outcome === "failed" ? "Task Failed" : "Task Completed") &&
        (!trigger.task || properties.task === trigger.task)
      );
    case "page":
      return event === "$page";
    default:
      return false;
  }
}

/**
 * Whether a trigger may fire on a page. Triggers that are not about a page fire anywhere.
 *
 * @param path - without query and hash
 */
export function matchesPath(trigger: SurveyTrigger, path: string): boolean {
  switch (trigger.kind) {
    case "page":
      if (trigger.match === "equals") return path === trigger.path;
      return trigger.match === "starts_with"
        ? path.startsWith(trigger.path)
        : path.includes(trigger.path);
    case "time_on_page":
    case "exit_intent":
      return !trigger.path || path.startsWith(trigger.path);
    default:
      return true;
  }
}
