import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import {
  addSurvey,
  claim,
  csatDefinition,
  grantedId,
  sendSurveyEvent,
} from "../../test/surveys.ts";
import { DEMO_SURVEY_KEY, ensureDemoSurvey } from "./ensure-demo-survey.ts";

const test = useTestDatabase();

describe("/v1/surveys", () => {
  let collector: TestCollector;
  const post = (definition: unknown, key = "new") =>
    collector.call("POST", "/v1/surveys", { key, name: "New", definition });

  beforeEach(async () => {
    collector = await createTestCollector(test.database);
  });

  it("creates a survey as a draft and fills in what was left open", async () => {
    const response = await post({
      steps: [{ id: "nps", kind: "nps", prompt: "Would you recommend us?" }],
      trigger: { kind: "page", match: "starts_with", path: "/reports" },
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      status: "draft",
      liveAt: null,
      definition: {
        locale: "en",
        sampleShare: 1,
        repeatAfterDays: 90,
        spreadDays: 90,
        responseCap: null,
        appearance: { theme: "auto", position: "bottom_right" },
        targeting: { user: [], account: [], segments: [] },
      },
    });
  });

  it("takes the demo's survey back as it gives it out", async () => {
    await ensureDemoSurvey(test.database.db, collector.projectId, collector.clock);
    await ensureDemoSurvey(test.database.db, collector.projectId, collector.clock);
    const { data } = await (await collector.call("GET", "/v1/surveys")).json();
    expect(data).toMatchObject([{ key: DEMO_SURVEY_KEY, status: "live" }]);
    const again = await post(data[0].definition);
    expect(again.status).toBe(201);
    expect((await again.json()).definition).toEqual(data[0].definition);
  });

  it.each([
    ["no step", { steps: [] }, "/definition/steps"],
    [
      "two steps of one id",
      { steps: [csatDefinition.steps[0], csatDefinition.steps[0]] },
      "/definition/steps/1/id",
    ],
    [
      "a branch that goes back",
      {
        steps: [
          csatDefinition.steps[1],
          {
            ...csatDefinition.steps[0],
            branches: [{ when: { operator: "equals", value: 1 }, goTo: "comment" }],
          },
        ],
      },
      "/definition/steps/1/branches/0/goTo",
    ],
    [
      "a script as a link",
      { steps: [{ id: "a", kind: "link", prompt: "?", label: "x", href: "javascript:alert(1)" }] },
      "/definition/steps/0/href",
    ],
    [
      "a style as a colour",
      { appearance: { accent: "red;background:url(//x)" } },
      "/definition/appearance/accent",
    ],
    [
      "a filter without a value",
      { targeting: { user: [{ property: "a", operator: "equals" }] } },
      "/definition/targeting/user/0/value",
    ],
    [
      "texts for a step that is not there",
      { translations: { de: { nope: { prompt: "x" } } } },
      "/definition/translations/de/nope",
    ],
    [
      "an end before the start",
      { schedule: { startAt: "2026-02-01T00:00:00Z", endAt: "2026-01-01T00:00:00Z" } },
      "/definition/schedule/endAt",
    ],
    [
      "a scale of 4",
      { steps: [{ ...csatDefinition.steps[0], scale: 4 }] },
      "/definition/steps/0/scale",
    ],
  ])("refuses %s and says where", async (_, changes, pointer) => {
    const response = await post({ ...csatDefinition, ...changes });
    expect(response.status).toBe(400);
    const { errors } = await response.json();
    expect(errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
  });

  it("refuses a second survey of one key", async () => {
    await addSurvey(collector, "csat");
    expect((await post(csatDefinition, "csat")).status).toBe(409);
  });

  it("starts and stops a survey, at once for claims", async () => {
    const id = await addSurvey(collector, "csat");
    const stopped = await collector.call("PATCH", `/v1/surveys/${id}`, { status: "stopped" });
    expect(await stopped.json()).toMatchObject({ status: "stopped", key: "csat" });
    expect(await claim(collector, { surveyId: id })).toMatchObject({ reason: "not_live" });
    collector.now += 1_000;
    const live = await collector.call("PATCH", `/v1/surveys/${id}`, { status: "live" });
    expect(await live.json()).toMatchObject({ liveAt: new Date(collector.now).toISOString() });
    expect((await claim(collector, { surveyId: id })).granted).toBe(true);
  });

  it("keeps the meaning of answers: an asked step does not change its scale", async () => {
    const id = await addSurvey(collector, "csat");
    const [rating, ...rest] = csatDefinition.steps;
    const definition = { ...csatDefinition, steps: [{ ...rating, scale: 3 }, ...rest] };
    const response = await collector.call("PATCH", `/v1/surveys/${id}`, { definition });
    expect(response.status).toBe(409);
    const reworded = { ...csatDefinition, steps: [{ ...rating, prompt: "So?" }, ...rest] };
    const fine = await collector.call("PATCH", `/v1/surveys/${id}`, { definition: reworded });
    expect(fine.status).toBe(200);
  });

  it("deletes a survey that nobody was asked, and no other", async () => {
    const id = await addSurvey(collector, "csat");
    const asked = await addSurvey(collector, "asked");
    grantedId(await claim(collector, { surveyId: asked }));
    expect((await collector.call("DELETE", `/v1/surveys/${id}`)).status).toBe(204);
    expect((await collector.call("GET", `/v1/surveys/${id}`)).status).toBe(404);
    expect((await collector.call("DELETE", `/v1/surveys/${asked}`)).status).toBe(409);
  });

  it("lists surveys and answers page by page, each once", async () => {
    const id = await addSurvey(collector, "csat");
    await addSurvey(collector, "second");
    const first = await (await collector.call("GET", "/v1/surveys?limit=1")).json();
    expect(first.data).toMatchObject([{ key: "second" }]);
    const next = `/v1/surveys?limit=1&cursor=${first.nextCursor}`;
    expect(await (await collector.call("GET", next)).json()).toMatchObject({
      data: [{ id }],
      nextCursor: null,
    });
    for (const userId of ["ann", "bob", "cyd"]) {
      const wish = { surveyId: id, userId, anonymousId: userId };
      const impressionId = grantedId(await claim(collector, wish));
      const more = { question_id: "rating", value: 5, is_final: true };
      await sendSurveyEvent(collector, "Answered", { userId, surveyId: id, impressionId, more });
    }
    const seen: string[] = [];
    let path = `/v1/surveys/${id}/responses?limit=2`;
    for (let pages = 0; pages < 4; pages += 1) {
      const page = await (await collector.call("GET", path)).json();
      seen.push(...page.data.map((row: { userId: string }) => row.userId));
      if (page.nextCursor === null) break;
      path = `/v1/surveys/${id}/responses?limit=2&cursor=${page.nextCursor}`;
    }
    expect(seen.sort()).toEqual(["ann", "bob", "cyd"]);
  });

  it("shows a project nothing of another", async () => {
    const other = await createTestCollector(test.database);
    const id = await addSurvey(other, "csat");
    for (const path of [`/v1/surveys/${id}`, `/v1/surveys/${id}/responses`]) {
      expect((await collector.call("GET", path)).status).toBe(404);
    }
    expect((await collector.call("PATCH", `/v1/surveys/${id}`, { name: "x" })).status).toBe(404);
    expect((await collector.call("DELETE", `/v1/surveys/${id}`)).status).toBe(404);
    expect((await collector.app.request("/v1/surveys")).status).toBe(401);
  });
});
