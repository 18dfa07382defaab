import { afterEach, expect, it, vi } from "vitest";
import * as widget from "./index.ts";
import { createBridge, csatSteps, surveyOf } from "./testing/fixtures.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

it("exports what the README names, and nothing else", () => {
  expect(Object.keys(widget).sort()).toEqual([
    "claimSurvey",
    "createSurveySession",
    "showFeedbackButton",
    "startPrompts",
  ]);
});

it("drives an own UI with the rules, the claim and the records of the widget", async () => {
  const granted = { granted: true, impressionId: "i1", survey: surveyOf(csatSteps) };
  vi.stubGlobal("fetch", async () => Response.json(granted));
  const { bridge, tracked } = createBridge();
  const seen: string[] = [];
  const prompts = widget.startPrompts(bridge, {
    render(session, onClosed, focus) {
      seen.push(focus, session.step?.prompt ?? "");
      session.shown();
      session.answer({ value: 5 });
      onClosed();
      return () => {};
    },
  });
  prompts.notify("Task Completed", { task: "export" });
  await expect.poll(() => seen).toEqual(["leave", csatSteps[0]?.prompt]);
  expect(tracked.map(([event]) => event)).toEqual(["Survey Shown", "Survey Answered"]);
  expect(document.querySelector("telltale-prompt")).toBeNull();
  prompts.stop();
});
