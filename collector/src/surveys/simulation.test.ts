import { describe, expect, it } from "vitest";
import { findRepeats } from "../../../bench/prompts/find-repeats.mjs";
import {
  type ShownPrompt,
  SIMULATED_SURVEYS,
  type SimulatedSurvey,
  SIMULATED_SETTINGS as settings,
  simulatePrompts,
} from "../../../bench/prompts/simulate-prompts.mjs";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { claim } from "../../test/surveys.ts";

const test = useTestDatabase();

describe("months of prompts on several devices and in several tabs", () => {
  it("break no rule", async () => {
    const collector = await createTestCollector(test.database, { settings });
    const startMs = collector.now;
    const surveys: SimulatedSurvey[] = [];
    for (const body of SIMULATED_SURVEYS) {
      const survey = await (await collector.call("POST", "/v1/surveys", body)).json();
      surveys.push({ ...survey, isNps: survey.key === "nps" });
    }
    const port = {
      claim: (wish: Record<string, unknown>) => claim(collector, wish),
      send: (messages: Record<string, unknown>[]) => collector.send(...messages),
      setNow: (ms: number) => {
        collector.now = ms;
      },
    };
    const scale = { people: 20, devices: 3, tabs: 2, days: 30, startMs, seed: 7 };
    const { shown, claims, refusals } = await simulatePrompts(port, surveys, scale);
    const byId = new Map(surveys.map((survey) => [survey.id, survey]));
    expect(findRepeats(shown, byId, settings)).toEqual({ byRule: new Map(), prompts: 0 });
    expect(claims).toBeGreaterThan(300);
    expect(shown.length).toBeGreaterThan(15);
    expect([...refusals.keys()]).toEqual(
      expect.arrayContaining([
        "person_cooling_down",
        "already_answered",
        "session_limit",
        "tag_limit",
      ]),
    );
  }, 90_000);

  it("would be caught breaking one", () => {
    const survey = {
      id: "s",
      key: "s",
      isNps: false,
      definition: { repeatAfterDays: null, responseCap: null, tags: ["effort"], steps: [] },
    };
    const prompt: ShownPrompt = {
      surveyId: "s",
      isNps: false,
      isRequested: false,
      personId: "ann",
      userId: "ann",
      anonymousId: "laptop",
      accountId: "acme",
      sessionId: "1",
      claimedAt: 0,
      shownAt: 0,
      answeredAt: 1,
      dismissedAt: null,
      laterAt: null,
      neverAt: null,
      recordedAt: 2,
      linkedAt: () => 0,
    };
    const again = { ...prompt, anonymousId: "phone", sessionId: "2", claimedAt: 3, shownAt: 3 };
    const { byRule } = findRepeats([prompt, again], new Map([["s", survey]]), settings);
    expect([...byRule.keys()].sort()).toEqual([
      "7 days between prompts",
      "not again once answered",
      "the limit of a tag",
    ]);
  });
});
