import { expect, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { addSurvey, claim, grantedId, sendSurveyEvent } from "../../test/surveys.ts";
import { removeVoidGrants } from "./remove-void-grants.ts";

const test = useTestDatabase();

it("removes grants that nobody saw after two days, and no other", async () => {
  const { sql } = test.database;
  const collector = await createTestCollector(test.database);
  const surveyId = await addSurvey(collector, "csat");
  const grant = async (userId: string) =>
    grantedId(await claim(collector, { surveyId, userId, anonymousId: userId }));
  await grant("never seen");
  const seen = await grant("ann");
  await sendSurveyEvent(collector, "Shown", { userId: "ann", surveyId, impressionId: seen });
  collector.now += 1.5 * DAY_MS;
  const young = await grant("bob");
  collector.now += DAY_MS;
  expect(await removeVoidGrants(sql, collector.now)).toBe(1);
  const left =
    await sql`SELECT id FROM prompt_impressions WHERE project_id = ${collector.projectId}`;
  expect(left.map(({ id }) => id).sort()).toEqual([seen, young].sort());
});
