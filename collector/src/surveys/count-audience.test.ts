import { describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { addSurvey, ask, csatDefinition } from "../../test/surveys.ts";

const test = useTestDatabase();
const unbound = { settings: { promptsPerAccountDay: 0x7fff, contactsPerAccountWeek: 0 } };

describe("/v1/surveys/{id}/audience", () => {
  it("counts who would see the survey now, and why not the others", async () => {
    const collector = await createTestCollector(test.database, unbound);
    const surveyId = await addSurvey(collector, "csat");
    const segments = ["plan:pro"];
    const draft = { ...csatDefinition, targeting: { user: [], account: [], segments } };
    const body = { key: "draft", name: "Draft", definition: draft };
    const { id: draftId } = await (await collector.call("POST", "/v1/surveys", body)).json();
    await collector.send(
      { type: "group", userId: "ann", groupId: "acme", traits: { plan: "pro" } },
      { type: "group", userId: "bob", groupId: "acme" },
      { type: "group", userId: "cyd", groupId: "bolt", traits: { plan: "free" } },
    );
    await ask(collector, surveyId, { userId: "bob", accountId: "acme", answers: [] });
    const count = async (id: string) =>
      (await collector.call("GET", `/v1/surveys/${id}/audience`)).json();
    expect(await count(surveyId)).toEqual({
      examined: 3,
      eligible: 2,
      refusals: { survey_cooling_down: 1 },
    });
    expect(await count(draftId)).toEqual({
      examined: 3,
      eligible: 1,
      refusals: { person_cooling_down: 1, not_targeted: 1 },
    });
    collector.now += 31 * DAY_MS;
    expect(await count(surveyId)).toMatchObject({ examined: 0 });
  });
});
