import type { SurveyStep } from "@telltale/protocol";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { addSurvey, ask } from "../../test/surveys.ts";
import { readPromptFacts } from "./read-prompt-facts.ts";

const test = useTestDatabase();
const unbound = { settings: { promptsPerAccountDay: 0x7fff, contactsPerAccountWeek: 0 } };

describe("/v1/surveys/{id}/results", () => {
  let collector: TestCollector;
  let surveyId: string;
  const results = async (query = "") =>
    (await collector.call("GET", `/v1/surveys/${surveyId}/results${query}`)).json();

  beforeAll(async () => {
    collector = await createTestCollector(test.database, unbound);
    await collector.send(
      { type: "group", userId: "a", groupId: "acme", traits: { plan: "pro" } },
      { type: "group", userId: "b", groupId: "bolt", traits: { plan: "free" } },
    );
    surveyId = await addSurvey(collector, "csat");
    const marks = [1, 2, 2, 4, 4, 5, 5, 5];
    for (const [at, value] of marks.entries()) {
      const isLow = value < 4;
      await ask(collector, surveyId, {
        userId: `early ${at}`,
        accountId: "acme",
        answers: [
          { question_id: "rating", value, is_final: !isLow },
          ...(isLow && at < 2
            ? [{ question_id: "comment", text: `It broke ${at}`, is_final: true }]
            : []),
        ],
      });
    }
    for (const at of [1, 2]) {
      await ask(collector, surveyId, { userId: `left ${at}`, accountId: "acme", answers: [] });
    }
    collector.now += 100 * DAY_MS;
    for (let at = 0; at < 6; at += 1) {
      await ask(collector, surveyId, {
        userId: `late ${at}`,
        accountId: "bolt",
        answers: [{ question_id: "rating", value: 5, is_final: true }],
      });
    }
  });

  it("counts prompts, answers and where people left", async () => {
    const to = new Date(collector.now - 50 * DAY_MS).toISOString();
    const { prompts, responseRate, questions, weeks } = await results(`?to=${to}`);
    expect(prompts).toEqual({
      shown: 10,
      answered: 8,
      completed: 7,
      dismissed: 2,
      postponed: 0,
      optedOut: 0,
      abandoned: 0,
      requested: 0,
    });
    expect(responseRate).toMatchObject({ value: 80, answers: 10 });
    expect(responseRate.low).toBeCloseTo(49.0162, 3);
    expect(weeks).toMatchObject([{ week: "2026-06-15", shown: 10 }]);
    expect(questions).toMatchObject([
      { id: "rating", answers: 8, left: 2, dropOffShare: 0.2 },
      { id: "comment", answers: 2, left: 0, score: null },
    ]);
  });

  it("gives scores with intervals, distributions, trends and segments", async () => {
    const from = new Date(collector.now - 150 * DAY_MS).toISOString();
    const { questions } = await results(`?from=${from}`);
    const [rating] = questions;
    expect(rating.score).toMatchObject({ name: "csat", answers: 14 });
    expect(rating.score.value).toBeCloseTo((100 * 11) / 14);
    expect(rating.distribution).toMatchObject([
      { value: 1, count: 1 },
      { value: 2, count: 2 },
      { value: 3, count: 0, share: 0 },
      { value: 4, count: 2 },
      { value: 5, count: 9, share: 9 / 14 },
    ]);
    expect(rating.trend).toMatchObject([
      { week: "2026-06-15", answers: 8, score: { value: 62.5 } },
      { week: "2026-09-21", answers: 6, score: { value: 100 } },
    ]);
    expect(rating.segments).toMatchObject([
      { segment: "plan:free", score: { value: 100 } },
      { segment: "plan:pro", score: { value: 62.5 } },
    ]);
  });

  it("compares a survey with itself before, and says whether the change is clear", async () => {
    const from = new Date(collector.now - 60 * DAY_MS).toISOString();
    const { questions, responseRateChange } = await results(`?from=${from}`);
    expect(questions[0].change).toMatchObject({ before: 62.5, value: 37.5 });
    const { low, high, isClear } = questions[0].change;
    expect(low).toBeLessThan(37.5);
    expect(high).toBeGreaterThan(37.5);
    expect(isClear).toBe(low > 0);
    expect(responseRateChange).toMatchObject({ before: 80, value: 20 });
  });

  it("takes days as well, the last of them whole", async () => {
    const from = new Date(collector.now - 150 * DAY_MS).toISOString().slice(0, 10);
    const to = new Date(collector.now).toISOString().slice(0, 10);
    const found = await results(`?from=${from}&to=${to}`);
    expect(found.from).toBe(`${from}T00:00:00.000Z`);
    expect(Date.parse(found.to)).toBe(Date.parse(`${to}T00:00:00Z`) + DAY_MS);
    expect(found.questions[0].score).toMatchObject({ answers: 14 });
  });

  it("lists the comments with the rating beside them as the hint", async () => {
    const from = new Date(collector.now - 150 * DAY_MS).toISOString();
    const { comments } = await results(`?from=${from}`);
    expect(comments.map((comment: { text: string }) => comment.text).sort()).toEqual([
      "It broke 0",
      "It broke 1",
    ]);
    expect(comments[0]).toMatchObject({
      accountId: "acme",
      sentiment: { label: "negative", source: "rating" },
    });
  });

  it("is empty, not zero, where nobody was asked", async () => {
    const other = await addSurvey(collector, "empty");
    const response = await collector.call("GET", `/v1/surveys/${other}/results`);
    expect(await response.json()).toMatchObject({
      prompts: { shown: 0 },
      responseRate: null,
      responseRateChange: null,
      questions: [{ score: null, change: null, dropOffShare: null }, { score: null }],
      comments: [],
    });
  });

  it("refuses a stretch of time that ends before it begins, and foreign surveys", async () => {
    const bad = `/v1/surveys/${surveyId}/results?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z`;
    expect((await collector.call("GET", bad)).status).toBe(400);
    const other = await createTestCollector(test.database);
    for (const part of ["results", "audience", "responses.csv"]) {
      expect((await other.call("GET", `/v1/surveys/${surveyId}/${part}`)).status).toBe(404);
    }
  });

  it("counts choices by the people who answered", async () => {
    const steps: SurveyStep[] = [
      {
        id: "rating",
        kind: "choice",
        prompt: "Why?",
        options: [
          { value: "price", label: "Price" },
          { value: "speed", label: "Speed" },
        ],
        isMultiple: true,
        hasOther: true,
      },
    ];
    const id = await addSurvey(collector, "choice", { steps });
    const given = [
      { choices: ["price", "speed"] },
      { choices: ["price"] },
      { choices: [], text: "Colour" },
    ];
    for (const [at, answer] of given.entries()) {
      await ask(collector, id, {
        userId: `chooser ${at}`,
        accountId: "acme",
        answers: [{ question_id: "rating", ...answer, is_final: true }],
      });
    }
    const response = await collector.call("GET", `/v1/surveys/${id}/results`);
    const { questions } = await response.json();
    expect(questions[0]).toMatchObject({
      answers: 3,
      score: null,
      distribution: [
        { value: "price", label: "Price", count: 2, share: 2 / 3 },
        { value: "speed", label: "Speed", count: 1 },
        { value: null, label: null, count: 1 },
      ],
    });
  });

  it("tells how an account answers its prompts, for the silence signal", async () => {
    const span = {
      since: new Date(collector.now - 150 * DAY_MS).toISOString(),
      until: new Date(collector.now).toISOString(),
    };
    const { sql } = test.database;
    const facts = await readPromptFacts(sql, collector.projectId, ["acme", "none"], span);
    const ofCsat = facts.filter(({ userId }) => !userId.startsWith("chooser"));
    expect(ofCsat).toHaveLength(10);
    expect(ofCsat.filter(({ answeredAt }) => !answeredAt).map(({ userId }) => userId)).toEqual([
      "left 1",
      "left 2",
    ]);
  });
});

describe("/v1/surveys/{id}/responses.csv", () => {
  it("holds no cell that a spreadsheet would run", async () => {
    const collector = await createTestCollector(test.database, unbound);
    const surveyId = await addSurvey(collector, "csat");
    const text = '=HYPERLINK("http://evil.example","x"),\nsecond line';
    await ask(collector, surveyId, {
      userId: "+ann",
      accountId: "acme",
      answers: [
        { question_id: "rating", value: 1, is_final: false },
        { question_id: "comment", text, is_final: true },
      ],
    });
    const response = await collector.call("GET", `/v1/surveys/${surveyId}/responses.csv`);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const body = await response.text();
    expect(body.split("\r\n")[0]).toBe(
      "answered_at,survey,impression_id,account_id,user_id,question_id,question,measure,value,value_100,choices,text,tags",
    );
    expect(body).toContain(`"'=HYPERLINK(""http://evil.example"",""x""),\nsecond line",\r\n`);
    expect(body).toContain(`,acme,"'+ann",rating,How did that go?,csat,1,0,,,\r\n`);
  });
});
