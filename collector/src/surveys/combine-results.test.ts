import { randomUUID } from "node:crypto";
import type { SurveyStep } from "@telltale/protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { addSurvey, claim, grantedId, sendSurveyEvent } from "../../test/surveys.ts";
import { findProject } from "../projects/find-project.ts";
import { combineResults } from "./combine-results.ts";

const test = useTestDatabase();
const nps: SurveyStep = { id: "nps", kind: "nps", prompt: "Would you recommend us?" };
const rating = (scale: 5 | 7): SurveyStep => ({
  id: `csat-${scale}`,
  kind: "rating",
  measure: "csat",
  display: "numbers",
  scale,
  prompt: "How was it?",
});

describe("several surveys together", () => {
  let collector: TestCollector;
  const ids: string[] = [];

  /** Asks new people, each of whom gives one mark; null: closes it. */
  async function answer(surveyId: string, questionId: string, marks: (number | null)[]) {
    for (const value of marks) {
      collector.now += 1_000;
      const userId = `person ${collector.now}`;
      const wish = { surveyId, userId, anonymousId: userId, accountId: userId };
      const about = { userId, surveyId, impressionId: grantedId(await claim(collector, wish)) };
      await sendSurveyEvent(collector, "Shown", about);
      const more = { question_id: questionId };
      if (value === null) await sendSurveyEvent(collector, "Dismissed", { ...about, more });
      else {
        const given = { ...more, value, is_final: true };
        await sendSurveyEvent(collector, "Answered", { ...about, more: given });
      }
    }
  }

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    const spreadDays = 0;
    ids.push(await addSurvey(collector, "in-app", { steps: [nps], spreadDays }));
    ids.push(await addSurvey(collector, "after-export", { steps: [nps, rating(5)], spreadDays }));
    ids.push(await addSurvey(collector, "long-scale", { steps: [rating(7)] }));
    const [first = "", second = "", third = ""] = ids;
    await answer(first, "nps", [10, 9, 3]);
    await answer(second, "nps", [10, 10, 10, 8, null]);
    await answer(third, "csat-7", [7, 1]);
  });

  async function combine(surveyIds: string[]) {
    const project = await findProject(test.database.sql, collector.projectId);
    if (!project) throw new Error("no project");
    const deps = { database: test.database, clock: () => collector.now };
    return combineResults(deps, { project, surveyIds });
  }

  it("have one NPS of all their answers, with the part of each", async () => {
    const { measures } = await combine(ids.slice(0, 2));
    expect(measures).toHaveLength(1);
    // 5 promoters and 1 detractor of 7.
    expect(measures[0]?.score).toMatchObject({ name: "nps", value: 400 / 7, answers: 7 });
    expect(measures[0]?.parts.map(({ name, score }) => [name, Math.round(score.value)])).toEqual([
      ["in-app", 33],
      ["after-export", 75],
    ]);
    const [week] = measures[0]?.weeks ?? [];
    expect(week?.answers).toBe(7);
    expect(week?.value).toBeCloseTo(400 / 7);
  });

  it("add up who was shown and who answered", async () => {
    const { prompts, responseRate } = await combine(ids);
    expect(prompts).toMatchObject({ shown: 10, answered: 9, dismissed: 1 });
    expect(responseRate?.value).toBeCloseTo(90);
  });

  it("keep scales apart that are not the same", async () => {
    const { measures } = await combine(ids);
    expect(measures.map(({ name, marks }) => [name, marks])).toEqual([
      ["nps", 11],
      ["csat", 7],
    ]);
  });

  it("are refused where they are too many, instead of leaving some out", async () => {
    const many = Array.from({ length: 13 }, () => randomUUID());
    await expect(combine(many)).rejects.toThrow(/13 surveys were chosen, at most 12/);
  });

  it("count a survey once, however often it is named", async () => {
    const [first = ""] = ids;
    expect((await combine([first, first])).prompts.shown).toBe(3);
  });
});
