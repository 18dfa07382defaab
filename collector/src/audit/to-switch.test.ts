import { describe, expect, it } from "vitest";
import { toSwitch } from "./to-switch.ts";

describe("toSwitch", () => {
  it.each([
    ["endpoint.changed", { status: "enabled" }, { status: "disabled" }, "endpoint.disabled"],
    ["alert_rule.changed", { isEnabled: false }, { isEnabled: true }, "alert_rule.enabled"],
    ["survey.changed", { status: "draft" }, { status: "live" }, "survey.live"],
    ["survey.changed", { status: "live" }, { status: "live" }, "survey.changed"],
    ["survey.changed", { draft: null }, { draft: { steps: [] } }, "survey.drafted"],
    ["survey.changed", { draft: { steps: [] } }, { draft: null }, "survey.draft_discarded"],
    [
      "survey.changed",
      { definition: 1, draft: 2 },
      { definition: 2, draft: null },
      "survey.changed",
    ],
    ["alert.snoozed", { status: "open" }, { status: "snoozed" }, "alert.snoozed"],
    ["endpoint.changed", undefined, { status: "enabled" }, "endpoint.changed"],
  ] as const)("calls %s from %j to %j %s", (action, before, after, said) => {
    expect(toSwitch(action, before, after)).toBe(said);
  });
});
