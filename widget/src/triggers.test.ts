import type { SurveyRule, SurveyTrigger } from "@telltale/protocol";
import { describe, expect, it } from "vitest";
import { taskRule } from "./testing/fixtures.ts";
import { matchesEvent, matchesPath } from "./triggers.ts";

describe("matchesEvent", () => {
  const rule = (event: string, trigger: SurveyTrigger): SurveyRule => ({
    ...taskRule,
    event,
    trigger,
  });

  it("fires on its event and no other", () => {
    const exported = rule("Exported", { kind: "event", event: "Exported" });
    expect(matchesEvent(exported, "Exported", {})).toBe(true);
    expect(matchesEvent(exported, "Imported", {})).toBe(false);
  });

  it("fires on a stage of a feature, or on any when no stage is named", () => {
    const used = { feature: "export", stage: "tried" };
    const at = (stage?: string) =>
      rule("Feature Used", { kind: "feature", feature: "export", ...(stage && { stage }) });
    expect(matchesEvent(at("tried"), "Feature Used", used)).toBe(true);
    expect(matchesEvent(at("adopted"), "Feature Used", used)).toBe(false);
    expect(matchesEvent(at(), "Feature Used", used)).toBe(true);
    expect(matchesEvent(at(), "Feature Used", { feature: "import" })).toBe(false);
  });

  it("fires on its own task, or on any when none is named", () => {
    const failed = { kind: "task", outcome: "failed" } as const;
    const any = rule("Task Failed", failed);
    expect(matchesEvent(any, "Task Failed", { task: "pay" })).toBe(true);
    expect(matchesEvent(any, "Task Completed", { task: "pay" })).toBe(false);
    const save = rule("Task Failed", { ...failed, task: "save" });
    expect(matchesEvent(save, "Task Failed", { task: "pay" })).toBe(false);
  });

  it("never fires for a survey that is opened by hand", () => {
    const { event: _, ...manual } = rule("", { kind: "manual" });
    expect(matchesEvent(manual, "$page", {})).toBe(false);
  });
});

describe("matchesPath", () => {
  it.each([
    ["equals", "/a", "/a", true],
    ["equals", "/a", "/a/b", false],
    ["starts_with", "/a", "/a/b", true],
    ["starts_with", "/a", "/b/a", false],
    ["contains", "/a", "/b/a", true],
    ["ends_with", "/edit", "/a/edit", true],
    ["ends_with", "/edit", "/edit/a", false],
    ["not_equals", "/a", "/a", false],
    ["not_equals", "/a", "/a/b", true],
    ["not_contains", "/a", "/b/a", false],
    ["not_contains", "/a", "/b", true],
  ] as const)("%s %s on %s is %j", (match, path, actual, expected) => {
    expect(matchesPath({ kind: "page", match, path }, actual)).toBe(expected);
  });

  it("lets exit intent and time on page be bound to a path, or to none", () => {
    expect(matchesPath({ kind: "exit_intent", path: "/cart" }, "/cart/1")).toBe(true);
    expect(matchesPath({ kind: "exit_intent", path: "/cart" }, "/")).toBe(false);
    expect(matchesPath({ kind: "time_on_page", seconds: 5 }, "/any")).toBe(true);
  });
});
