import type { Json, SurveyRule, SurveyTrigger } from "@telltale/protocol";

type Properties = { [key: string]: Json };

/** Whether an event makes a rule due, apart from the filters of its properties. */
export function matchesEvent(
  { event: name, trigger }: SurveyRule,
  event: string,
  properties: Properties,
): boolean {
  const wanted: { [name: string]: unknown } = trigger;
  return (
    event === name &&
    ["feature", "stage", "task"].every((part) => !wanted[part] || wanted[part] === properties[part])
  );
}

/**
 * Whether a trigger may fire on a page. Triggers that are not about a page fire anywhere.
 *
 * @param path - without query and hash
 */
export function matchesPath(trigger: SurveyTrigger, path: string): boolean {
  const { path: wanted, match = "" } = trigger as { path?: string; match?: string };
  if (!wanted) return true;
  const isMatch = /equals/.test(match)
    ? path === wanted
    : /contains/.test(match)
      ? path.includes(wanted)
      : /ends/.test(match)
        ? path.endsWith(wanted)
        : path.startsWith(wanted);
  return isMatch !== /not/.test(match);
}
