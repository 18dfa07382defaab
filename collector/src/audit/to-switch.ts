import type { AuditAction } from "./actions.ts";

type State = { status?: unknown; isEnabled?: unknown; draft?: unknown; definition?: unknown };

/** What a change is called that switched a thing, by what the thing is then. */
const SWITCHES: { [action: string]: { [state: string]: AuditAction } } = {
  "alert_rule.changed": { true: "alert_rule.enabled", false: "alert_rule.disabled" },
  "endpoint.changed": { enabled: "endpoint.enabled", disabled: "endpoint.disabled" },
  "survey.changed": { draft: "survey.draft", live: "survey.live", stopped: "survey.stopped" },
};

/** The action, or what it is called where it switched a thing or changed a survey's draft alone. */
export function toSwitch(
  action: AuditAction,
  before: State | undefined,
  after: State | undefined,
): AuditAction {
  if (!before || !after) return action;
  const [was, is] = [stateOf(before), stateOf(after)];
  if (was !== is) return SWITCHES[action]?.[is] ?? action;
  const isDraft =
    isAlike(before.definition, after.definition) && !isAlike(before.draft, after.draft);
  if (action !== "survey.changed" || !isDraft) return action;
  return after.draft === null ? "survey.draft_discarded" : "survey.drafted";
}

const stateOf = ({ status, isEnabled }: State): string => String(status ?? isEnabled);

const isAlike = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
