import type { Json, PropertyFilter, SurveyTrigger } from "@telltale/protocol";

type Properties = { [key: string]: Json };

const lower = (value: unknown) => String(value).toLowerCase();

/**
 * Whether a property of an event passes a filter. Numbers are compared as numbers, `contains` looks
 * into texts without regard to case, and into lists.
 *
 * @param filter - the test; a filter without a value passes only for `exists`
 * @param properties - of the event; an absent property passes only `not_equals`
 */
export function matchesFilter(
  { operator, property, value }: PropertyFilter,
  properties: Properties,
): boolean {
  const actual = properties[property];
  switch (operator) {
    case "exists":
      return actual != null;
    case "equals":
      return actual === value;
    case "not_equals":
      return actual !== value;
    case "contains":
      return Array.isArray(actual)
        ? actual.includes(value as Json)
        : typeof actual === "string" && lower(actual).includes(lower(value));
    default:
      return (
        typeof actual === "number" &&
        (operator === "less_than" ? actual < Number(value) : actual > Number(value))
      );
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
        !trigger.where?.some((filter) => !matchesFilter(filter, properties))
      );
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
  if (!("path" in trigger && trigger.path)) return true;
  const match = "match" in trigger ? trigger.match : "starts_with";
  if (match === "equals") return path === trigger.path;
  return match === "contains" ? path.includes(trigger.path) : path.startsWith(trigger.path);
}
