import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  advanceRule,
  type Finding,
  NO_STATE,
  type RuleAction,
  type RuleState,
} from "./rule-state.ts";

const HOUR = 3_600_000;
const timing = { noticeHours: 24, coolDownHours: 72 };

function run(findings: Finding[], stepHours = 12): RuleAction[] {
  let state = NO_STATE;
  return findings.map((finding, step) => {
    const next = advanceRule(state, { finding, at: step * stepHours * HOUR }, timing);
    state = next.state;
    return next.action;
  });
}

describe("advanceRule", () => {
  it("opens when the condition held for the notice", () => {
    expect(run(["met", "met", "met"])).toEqual(["none", "none", "open"]);
    expect(run(["met", "between", "met", "met"])).toEqual(["none", "none", "none", "none"]);
  });

  it("updates an open alert, and resolves it only when the condition is clearly gone", () => {
    expect(run(["met", "met", "met", "met", "between", "cleared"])).toEqual([
      "none",
      "none",
      "open",
      "update",
      "none",
      "resolve",
    ]);
  });

  it("stays quiet during the cool-down", () => {
    const again: Finding[] = Array(7).fill("met");
    const actions = run(["met", "met", "met", "cleared", ...again]);
    expect(actions.indexOf("open", 3) - 3).toBe(6);
  });

  it("asks a person who dealt with it again after 30 days, or when it comes back", () => {
    const daily = (findings: Finding[]) => {
      let state: RuleState = { ...NO_STATE, resolvedAt: 0, handledAt: 0 };
      return findings.findIndex((finding, day) => {
        const next = advanceRule(state, { finding, at: (day + 1) * 24 * HOUR }, timing);
        state = next.state;
        return next.action === "open";
      });
    };
    expect(daily(Array(40).fill("met")) + 1).toBe(30);
    expect(daily(["met", "met", "met", "met", "cleared", "met", "met"]) + 1).toBe(7);
  });

  it("never opens twice without a resolution between, whatever happens", () => {
    const finding = fc.constantFrom<Finding>("met", "between", "cleared");
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 200 }), (findings) => {
        let isOpen = false;
        for (const action of run(findings)) {
          if (action === "open") expect(isOpen).toBe(false);
          if (action === "resolve" || action === "update") expect(isOpen).toBe(true);
          if (action === "open" || action === "resolve") isOpen = action === "open";
        }
      }),
    );
  });
});
