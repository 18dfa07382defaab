import type { SurveyTrigger } from "@telltale/protocol";
import { describe, expect, it } from "vitest";
import { surveyOf } from "../../test/surveys.ts";
import { toPublicConfig, wakeRuleOf } from "./public-config.ts";

describe("wakeRuleOf", () => {
  it.each<[SurveyTrigger, unknown]>([
    [{ kind: "event", event: "Invited" }, { event: "Invited" }],
    [{ kind: "feature", feature: "export" }, { event: "Feature Used" }],
    [{ kind: "task", outcome: "completed" }, { event: "Task Completed" }],
    [{ kind: "task", outcome: "failed" }, { event: "Task Failed" }],
    [
      { kind: "page", match: "starts_with", path: "/a" },
      { event: "$page", path: "/a" },
    ],
    [{ kind: "page", match: "contains", path: "/a" }, { event: "$page" }],
    [
      { kind: "time_on_page", seconds: 5, path: "/a" },
      { event: "$page", path: "/a" },
    ],
    [{ kind: "page", match: "not_equals", path: "/a" }, { event: "$page" }],
    [{ kind: "exit_intent" }, { event: "$page" }],
    [{ kind: "scroll", percent: 50 }, { event: "$page" }],
    [
      { kind: "click", selector: "#export", path: "/a" },
      { event: "$page", path: "/a" },
    ],
    [{ kind: "manual" }, null],
  ])("wakes the widget for %j by %j", (trigger, rule) => {
    expect(wakeRuleOf(trigger)).toEqual(rule);
  });
});

describe("toPublicConfig", () => {
  it("tells the browser which element must be there, and nothing else of whom it is for", () => {
    const survey = surveyOf({
      targeting: { user: [], account: [], segments: ["large"], selector: ".report" },
    });
    const { id, key, definition } = survey;
    const { trigger, delayMs, cancelEvents } = definition;
    expect(toPublicConfig([survey], 0).surveys).toEqual([
      { id, key, trigger, event: "Task Completed", delayMs, cancelEvents, selector: ".report" },
    ]);
  });

  it("leaves out wake rules that a wider one covers, and surveys that are over", () => {
    const page = (path: string) =>
      surveyOf({ trigger: { kind: "page", match: "starts_with", path } });
    const over = surveyOf({
      trigger: { kind: "event", event: "Old" },
      schedule: { endAt: "2026-01-01T00:00:00Z" },
    });
    const surveys = [page("/a/b"), page("/a"), page("/a"), page("/c"), over];
    const config = toPublicConfig(surveys, Date.parse("2026-02-01T00:00:00Z"));
    expect(config.wake).toEqual([
      { event: "$page", path: "/a" },
      { event: "$page", path: "/c" },
    ]);
    expect(config.surveys).toHaveLength(4);
  });
});
