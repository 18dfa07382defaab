import type { AuditAction } from "./actions.ts";

type State = { status?: unknown; isEnabled?: unknown };

/** What a change is called that switched a thing, by what the thing is then. */
const SWITCHES: { [action: string]: { [state: string]: AuditAction } } = {
  "alert_rule.changed": { true: "alert_rule.enabled", false: "alert_rule.disabled" },
  "endpoint.changed": { enabled: "endpoint.enabled", disabled: "endpoint.disabled" },
  "survey.changed": { draft: "survey.draft", live: "survey.live", stopped: "survey.stopped" },
};

/** The action, or what it is called where it switched a thing on or off. */
export function toSwitch(
  action: AuditAction,
  before: State | undefined,
  after: State | undefined,
): AuditAction {
  const [was, is] = [stateOf(before), stateOf(after)];
  if (was === undefined || is === undefined || was === is) return action;
  return SWITCHES[action]?.[is] ?? action;
}

function stateOf(thing: State | undefined): string | undefined {
  const state = thing?.status ?? thing?.isEnabled;
  return state === undefined ? undefined : String(state);
}
