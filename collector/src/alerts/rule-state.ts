/** Where an account stands with a rule. Times are milliseconds since the epoch. */
export interface RuleState {
  /** Since when the condition holds without a break; null when it does not. */
  metSince: number | null;
  isOpen: boolean;
  /** When its last alert ended. */
  resolvedAt: number | null;
}

/** What one look at an account found. Neither met nor cleared: in between, where nothing changes. */
export type Finding = "met" | "between" | "cleared";

export type RuleAction = "none" | "open" | "update" | "resolve";

export const NO_STATE: RuleState = { metSince: null, isOpen: false, resolvedAt: null };

const HOUR_MS = 3_600_000;

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
  if (state.isOpen) {
    if (finding === "cleared") {
      return { state: { metSince: null, isOpen: false, resolvedAt: at }, action: "resolve" };
    }
    return { state, action: finding === "met" ? "update" : "none" };
  }
  if (finding !== "met") return { state: { ...state, metSince: null }, action: "none" };
  const metSince = state.metSince ?? at;
  const isNoticed = at - metSince >= timing.noticeHours * HOUR_MS;
  const isCool =
    state.resolvedAt === null || at - state.resolvedAt >= timing.coolDownHours * HOUR_MS;
  if (!isNoticed || !isCool) return { state: { ...state, metSince }, action: "none" };
  return { state: { ...state, metSince, isOpen: true }, action: "open" };
}
