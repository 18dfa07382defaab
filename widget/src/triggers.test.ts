import { describe, expect, it } from "vitest";
import { matchesEvent, matchesPath } from "./triggers.ts";

describe("matchesEvent", () => {
  it("fires on its event and no other", () => {
    const trigger = { kind: "event" as const, event: "Exported" };
    expect(matchesEvent(trigger, "Exported", {})).toBe(true);
    expect(matchesEvent(trigger, "Imported", {})).toBe(false);
  });

  it("fires on a stage of a feature, or on any when no stage is named", () => {
    const used = { feature: "export", stage: "tried" };
    const at = (stage?: string) => ({
      kind: "feature" as const,
      feature: "export",
      ...(stage && { stage }),
    });
    expect(matchesEvent(at("tried"), "Feature Used", used)).toBe(true);
    expect(matchesEvent(at("adopted"), "Feature Used", used)).toBe(false);
    expect(matchesEvent(at(), "Feature Used", used)).toBe(true);
    expect(matchesEvent(at(), "Feature Used", { feature: "import" })).toBe(false);
  });

  it("tells a completed task from a failed one", () => {
    const failed = { kind: "task" as const, outcome: "failed" as const };
    expect(matchesEvent(failed, "Task Failed", { task: "pay" })).toBe(true);
    expect(matchesEvent(failed, "Task Completed", { task: "pay" })).toBe(false);
    expect(matchesEvent({ ...failed, task: "save" }, "Task Failed", { task: "pay" })).toBe(false);
  });

  it("never fires for a survey that is opened by hand", () => {
    expect(matchesEvent({ kind: "manual" }, "$page", {})).toBe(false);
  });
});

describe("matchesPath", () => {
  it.each([
    ["equals", "/a", "/a", true],
    ["equals", "/a", "/a/b", false],
    ["starts_with", "/a", "/a/b", true],
    ["starts_with", "/a", "/b/a", false],
    ["contains", "/a", "/b/a", true],
  ] as const)("%s %s on %s is %j", (match, path, actual, expected) => {
    expect(matchesPath({ kind: "page", match, path }, actual)).toBe(expected);
  });

  it("lets exit intent and time on page be bound to a path, or to none", () => {
    expect(matchesPath({ kind: "exit_intent", path: "/cart" }, "/cart/1")).toBe(true);
    expect(matchesPath({ kind: "exit_intent", path: "/cart" }, "/")).toBe(false);
    expect(matchesPath({ kind: "time_on_page", seconds: 5 }, "/any")).toBe(true);
  });
});
