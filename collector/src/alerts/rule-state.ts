/** Where an account stands with a rule. Times are milliseconds since the epoch. */
export interface RuleState {
  /** Since when the condition holds without a break; null when it does not. */
  metSince: number | null;
  isOpen: boolean;
  /** When its last alert ended. */
  resolvedAt: number | null;
  /** When a person resolved it although the condition held; null once the condition was gone. */
  handledAt: number | null;
}

/** What one look at an account found. Neither met nor cleared: in between, where nothing changes. */
export type Finding = "met" | "between" | "cleared";

export type RuleAction = "none" | "open" | "update" | "resolve";

export const NO_STATE: RuleState = {
  metSince: null,
  isOpen: false,
  resolvedAt: null,
  handledAt: null,
};

const HOUR_MS = 3_600_000;
/** Who dealt with an alert is not asked again for so long while its condition lasts, in hours. */
const HANDLED_HOURS = 30 * 24;

/**
 * Moves an account on by one look: an alert opens when the condition held for the notice and the
 * cool-down is over, and ends when the condition is clearly gone, not when it merely wavers.
 */
export function advanceRule(
  state: RuleState,
  look: { finding: Finding; at: number },
  timing: { noticeHours: number; coolDownHours: number },
): { state: RuleState; action: RuleAction } {
  const { finding, at } = look;
  const { isOpen, resolvedAt, handledAt } = state;
  if (finding === "cleared") {
    const after = { metSince: null, isOpen: false, handledAt: null };
    return isOpen
      ? { state: { ...after, resolvedAt: at }, action: "resolve" }
      : { state: { ...after, resolvedAt }, action: "none" };
  }
  if (isOpen) return { state, action: finding === "met" ? "update" : "none" };
  if (finding === "between") return { state: { ...state, metSince: null }, action: "none" };
  const metSince = state.metSince ?? at;
  const isNoticed = at - metSince >= timing.noticeHours * HOUR_MS;
  const isCool =
    isOver(resolvedAt, timing.coolDownHours, at) && isOver(handledAt, HANDLED_HOURS, at);
  if (!isNoticed || !isCool) return { state: { ...state, metSince }, action: "none" };
  return { state: { ...state, metSince, isOpen: true }, action: "open" };
}

function isOver(since: number | null, hours: number, at: number): boolean {
  return since === null || at - since >= hours * HOUR_MS;
}
