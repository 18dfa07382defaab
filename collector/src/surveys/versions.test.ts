import type { SurveyStep } from "@telltale/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import {
  addSurvey,
  claim,
  csatDefinition,
  grantedId,
  sendSurveyEvent,
} from "../../test/surveys.ts";

const test = useTestDatabase();
const unbound = { settings: { promptsPerAccountDay: 0x7fff, contactsPerAccountWeek: 0 } };
const [rating] = csatDefinition.steps as [SurveyStep];

describe("the versions of a survey", () => {
  let collector: TestCollector;
  let id: string;
  const patch = async (change: unknown) =>
    collector.call("PATCH", `/v1/surveys/${id}`, change as Record<string, unknown>);
  const asking = (...steps: SurveyStep[]) => ({ ...csatDefinition, steps });
  const promptsOf = async (userId: string) => {
    const grant = await claim(collector, { surveyId: id, userId, anonymousId: userId });
    if (!grant.granted) throw new Error(grant.reason);
    return { impressionId: grant.impressionId, prompts: grant.survey.steps.map((s) => s.prompt) };
  };
  const answer = (userId: string, impressionId: string, more: Record<string, unknown>) =>
    sendSurveyEvent(collector, "Answered", { userId, surveyId: id, impressionId, more });

  beforeEach(async () => {
    collector = await createTestCollector(test.database, unbound);
    id = await addSurvey(collector, "csat");
  });

  it("asks what is live until the draft is published", async () => {
    const draft = asking({ ...rating, prompt: "Better now?" });
    expect(await (await patch({ draft })).json()).toMatchObject({
      version: 1,
      draft: { steps: [{ prompt: "Better now?" }] },
    });
    expect((await promptsOf("ann")).prompts[0]).toBe("How did that go?");
    const published = await collector.call("POST", `/v1/surveys/${id}/publish`);
    expect(await published.json()).toMatchObject({ version: 2, draft: null });
    expect((await promptsOf("bob")).prompts[0]).toBe("Better now?");
    expect((await collector.call("POST", `/v1/surveys/${id}/publish`)).status).toBe(409);
  });

  it("lists what was asked, oldest first", async () => {
    collector.now += DAY_MS;
    await patch({ definition: asking({ ...rating, prompt: "Better now?" }) });
    const { data } = await (await collector.call("GET", `/v1/surveys/${id}/versions`)).json();
    expect(data).toMatchObject([
      { version: 1, definition: { steps: [{ prompt: "How did that go?" }, {}, {}] } },
      { version: 2, publishedAt: new Date(collector.now).toISOString() },
    ]);
  });

  it("makes no version of a change that asks the same", async () => {
    const same = await patch({ name: "Other name", definition: csatDefinition });
    expect(await same.json()).toMatchObject({ version: 1, name: "Other name" });
  });

  it("changes a survey that asked nobody in place", async () => {
    const body = { key: "new", name: "New", definition: csatDefinition };
    const { id: fresh } = await (await collector.call("POST", "/v1/surveys", body)).json();
    id = fresh;
    const definition = asking({ id: "rating", kind: "nps", prompt: "Recommend?" });
    expect(await (await patch({ definition })).json()).toMatchObject({ version: 1 });
  });

  it("refuses another kind under the id of a step that was ever asked", async () => {
    await patch({ definition: asking({ id: "nps", kind: "nps", prompt: "Recommend?" }) });
    const back = asking({ id: "rating", kind: "thumbs", prompt: "Helpful?" });
    const refused = await patch({ draft: back });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ errors: [{ pointer: "/draft/steps/0" }] });
  });

  it("reads an answer by what was asked when the prompt was granted", async () => {
    const { impressionId } = await promptsOf("ann");
    await patch({ definition: asking({ id: "nps", kind: "nps", prompt: "Recommend?" }) });
    await answer("ann", impressionId, { question_id: "rating", value: 2, is_final: true });
    const results = await collector.call("GET", `/v1/surveys/${id}/results`);
    const { questions } = await results.json();
    expect(questions).toMatchObject([
      { id: "nps", isAsked: true, answers: 0 },
      { id: "rating", isAsked: false, answers: 1, score: { value: 0 } },
      { id: "comment", isAsked: false },
    ]);
  });

  it("names the wordings of a question that was reworded", async () => {
    collector.now += DAY_MS;
    await patch({ definition: asking({ ...rating, prompt: "Better now?" }) });
    collector.now += DAY_MS;
    const { questions } = await (await collector.call("GET", `/v1/surveys/${id}/results`)).json();
    const [{ wordings }] = questions;
    expect(wordings).toMatchObject([{ prompt: "How did that go?" }, { prompt: "Better now?" }]);
  });

  it("counts the answers of saved segments", async () => {
    await collector.call("POST", "/v1/segments", {
      key: "large",
      name: "Large accounts",
      rules: [{ trait: "seats", operator: "at_least", value: 50 }],
    });
    for (const [at, seats] of [100, 100, 100, 100, 100, 1].entries()) {
      const accountId = `account ${at}`;
      await collector.send({
        type: "group",
        userId: `u${at}`,
        groupId: accountId,
        traits: { seats },
      });
      const wish = { surveyId: id, userId: `u${at}`, anonymousId: `u${at}`, accountId };
      const impressionId = grantedId(await claim(collector, wish));
      const value = seats === 1 ? 1 : 5;
      await answer(`u${at}`, impressionId, { question_id: "rating", value, is_final: true });
    }
    const { questions } = await (await collector.call("GET", `/v1/surveys/${id}/results`)).json();
    const [{ segments }] = questions;
    expect(segments).toMatchObject([
      { segment: "large", name: "Large accounts", score: { value: 100, answers: 5 } },
    ]);
  });
});

describe("what a definition may not say", () => {
  it.each([
    [{ ...rating, scale: 7 }, "/definition/steps/0/scale", /faces go with a scale of 3 or 5/],
    [
      {
        id: "why",
        kind: "choice",
        prompt: "Why?",
        options: [
          { value: "other", label: "Other" },
          { value: "price", label: "Price" },
        ],
        isMultiple: false,
        hasOther: true,
      },
      "/definition/steps/0/options/0/value",
      /reserved/,
    ],
  ])("refuses %j", async (step, pointer, detail) => {
    const collector = await createTestCollector(test.database);
    const definition = { ...csatDefinition, steps: [step] };
    const body = { key: "new", name: "New", definition };
    const response = await collector.call("POST", "/v1/surveys", body);
    expect(response.status).toBe(400);
    const { errors } = await response.json();
    expect(errors).toEqual([{ pointer, detail: expect.stringMatching(detail) }]);
  });
});
