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
  const wanted: { [name: string]: unknown } = trigger;
  const names: { [kind: string]: unknown } = {
    event: wanted.event,
    feature: "Feature Used",
    task: wanted.outcome === "failed" ? "Task Failed" : "Task Completed",
    page: "$page",
  };
  return (
    event === names[trigger.kind] &&
    ["feature", "stage", "task"].every((name) => !wanted[name] || wanted[name] === properties[name])
  );
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
  return path[match === "contains" ? "includes" : "startsWith"](wanted);
}
