import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import {
  addSurvey,
  claim,
  type csatDefinition,
  grantedId,
  sendSurveyEvent,
} from "../../test/surveys.ts";

const test = useTestDatabase();

describe("recordSurveyEvent", () => {
  let collector: TestCollector;
  let surveyId: string;
  let impressionId: string;

  const answer = (more: Record<string, unknown>, userId = "ann") =>
    sendSurveyEvent(collector, "Answered", { userId, surveyId, impressionId, more });
  const responses = () => test.database.sql`
    SELECT account_id, question_id, measure, value, value_100, choices, text, user_id
    FROM survey_responses WHERE project_id = ${collector.projectId} ORDER BY question_id`;
  const impression = async () =>
    (
      await test.database.sql`
        SELECT state, shown_at, answered_at, closed_at, closed_step, account_id
        FROM prompt_impressions WHERE project_id = ${collector.projectId} AND id = ${impressionId}`
    )[0];
  const published = () => test.database.sql`
    SELECT body FROM webhook_messages
    WHERE project_id = ${collector.projectId} AND type = 'survey.answered'`;

  beforeEach(async () => {
    collector = await createTestCollector(test.database);
    surveyId = await addSurvey(collector, "csat");
    const wish = { surveyId, userId: "ann", accountId: "acme" };
    impressionId = grantedId(await claim(collector, wish));
  });

  it("keeps the rating and the comment of one showing, and publishes them once at the end", async () => {
    await sendSurveyEvent(collector, "Shown", { userId: "ann", surveyId, impressionId });
    await answer({ question_id: "rating", value: 2, is_final: false });
    expect(await published()).toHaveLength(0);
    await collector.send({ type: "group", userId: "ann", groupId: "acme" });
    await test.database.sql`
      INSERT INTO account_health (project_id, account_id, score, tier, tier_state, tier_since, as_of,
        sequence)
      VALUES (${collector.projectId}, 'acme', 38.5, 'critical', '{}', now(), now(), 7)`;
    await answer({ question_id: "comment", text: "It lost my work", is_final: true });
    expect(await responses()).toMatchObject([
      { account_id: "acme", measure: "comment", value: null, text: "It lost my work" },
      { account_id: "acme", measure: "csat", value: 2, value_100: 25, user_id: "ann" },
    ]);
    expect(await impression()).toMatchObject({ state: "answered" });
    const messages = await published();
    expect(messages).toHaveLength(1);
    expect(JSON.parse(messages[0]?.body)).toMatchObject({
      type: "survey.answered",
      data: {
        account: { id: "acme", externalIds: {} },
        score: 38.5,
        tier: "critical",
        sequence: 7,
        survey: { key: "csat" },
        userId: "ann",
        answers: [{ value: 2, value100: 25 }, { text: "It lost my work" }],
      },
    });
  });

  it("counts one answer when a user sends 1,000", async () => {
    const messages = Array.from({ length: 1_000 }, (_, at) => ({
      type: "track",
      event: "Survey Answered",
      userId: "ann",
      context: { groupId: "acme" },
      properties: {
        survey_id: surveyId,
        impression_id: impressionId,
        question_id: "rating",
        value: at === 0 ? 1 : 5,
        is_final: true,
      },
    }));
    for (let at = 0; at < messages.length; at += 100) {
      await collector.send(...messages.slice(at, at + 100));
    }
    expect(await responses()).toMatchObject([{ question_id: "rating", value: 1 }]);
    expect(await published()).toHaveLength(1);
  });

  it("ignores answers to impressions that were never granted, or to somebody else", async () => {
    const made = { surveyId, impressionId: "0198c7a0-0000-7000-8000-0000000000ff" };
    const more = { question_id: "rating", value: 1, is_final: true };
    await sendSurveyEvent(collector, "Answered", { userId: "ann", ...made, more });
    await answer(more, "mallory");
    await sendSurveyEvent(collector, "Answered", {
      userId: "ann",
      surveyId: await addSurvey(collector, "other"),
      impressionId,
      more,
    });
    await sendSurveyEvent(collector, "Answered", {
      userId: "ann",
      surveyId: "nonsense",
      impressionId: "nonsense",
      more,
    });
    expect(await responses()).toEqual([]);
    expect(await impression()).toMatchObject({ state: "claimed" });
  });

  it("ignores values and questions that the survey does not have", async () => {
    for (const value of [0, 6, 2.5, "5", null, -1, 1e9]) {
      await answer({ question_id: "rating", value, is_final: false });
    }
    await answer({ question_id: "invented", value: 5, is_final: true });
    await answer({ question_id: "thanks", value: 5, is_final: true });
    expect(await responses()).toEqual([]);
  });

  it("cuts a comment at the length that its step allows", async () => {
    await answer({ question_id: "comment", text: "x".repeat(8_000), is_final: true });
    const [response] = await responses();
    expect(response?.text).toHaveLength(2_000);
  });

  it("takes no comment of 100 KB, and no answer twice that is sent twice", async () => {
    const post = (messages: unknown[]) =>
      collector.call("POST", "/v1/batch", { batch: messages }).then((answer) => answer.json());
    const message = (properties: Record<string, unknown>) => ({
      type: "track",
      event: "Survey Answered",
      messageId: "the-same-each-time",
      userId: "ann",
      properties: { survey_id: surveyId, impression_id: impressionId, ...properties },
    });
    const huge = message({ question_id: "comment", text: "x".repeat(100_000), is_final: true });
    expect(await post([huge])).toMatchObject({ accepted: 0, rejected: [{ code: "too_large" }] });
    const answered = message({ question_id: "rating", value: 4, is_final: true });
    expect(await post([answered, answered])).toMatchObject({ accepted: 1, duplicates: 1 });
    expect(await post([answered])).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await responses()).toMatchObject([{ value: 4 }]);
    expect(await published()).toHaveLength(1);
  });

  it("lets a person go back and answer anew, until the end", async () => {
    await answer({ question_id: "rating", value: 2, is_final: false });
    collector.now += 1_000;
    await answer({ question_id: "rating", value: 4, is_final: true });
    collector.now += 1_000;
    await answer({ question_id: "rating", value: 1, is_final: true });
    expect(await responses()).toMatchObject([{ value: 4, value_100: 75 }]);
  });

  it("keeps an answer whose account or user the visitor learnt afterwards", async () => {
    const wish = { surveyId, anonymousId: "new", sessionId: "n" };
    impressionId = grantedId(await claim(collector, wish));
    await collector.send(
      { type: "identify", userId: "zoe", anonymousId: "new" },
      { type: "group", userId: "zoe", groupId: "zen" },
    );
    await answer({ question_id: "rating", value: 5, is_final: true }, "zoe");
    expect(await responses()).toMatchObject([
      { account_id: "zen", user_id: "zoe", value_100: 100 },
    ]);
    expect(await impression()).toMatchObject({ account_id: "zen" });
  });

  it("notes when it was seen, never before it was granted", async () => {
    const grantedAt = collector.now;
    collector.now += DAY_MS;
    await collector.send({
      type: "track",
      event: "Survey Shown",
      userId: "ann",
      timestamp: new Date(grantedAt - 30 * DAY_MS).toISOString(),
      properties: { survey_id: surveyId, impression_id: impressionId },
    });
    const row = await impression();
    expect(row?.state).toBe("shown");
    expect(row?.shown_at).toEqual(new Date(grantedAt));
  });

  it("takes no answer and no refusal for older than the grant, which would end their silence early", async () => {
    const timestamp = new Date(collector.clock() - 6 * DAY_MS).toISOString();
    for (const event of ["Survey Answered", "Survey Dismissed"]) {
      await collector.send({
        type: "track",
        event,
        userId: "ann",
        timestamp,
        properties: {
          survey_id: surveyId,
          impression_id: impressionId,
          question_id: "rating",
          value: 4,
          is_final: false,
        },
      });
    }
    const { answered_at, closed_at } = (await impression()) ?? {};
    const [{ claimed_at }] = (await test.database.sql`
      SELECT claimed_at FROM prompt_impressions WHERE id = ${impressionId}`) as never as [
      { claimed_at: Date },
    ];
    expect([answered_at, closed_at]).toEqual([claimed_at, claimed_at]);
  });

  it("remembers where a person gave up, and lets a partial answer stand", async () => {
    const about = { userId: "ann", surveyId, impressionId };
    await answer({ question_id: "rating", value: 1, is_final: false });
    const more = { question_id: "comment" };
    await sendSurveyEvent(collector, "Dismissed", { ...about, more });
    expect(await impression()).toMatchObject({ state: "answered", closed_step: "comment" });
    expect(await responses()).toMatchObject([{ value: 1 }]);
  });

  it("notes a page that went with the prompt open, which refuses nothing", async () => {
    const left = { question_id: "rating", is_abandoned: true };
    const leave = (more: Record<string, unknown>) =>
      sendSurveyEvent(collector, "Dismissed", { userId: "ann", surveyId, impressionId, more });
    await sendSurveyEvent(collector, "Shown", { userId: "ann", surveyId, impressionId });
    await leave(left);
    expect(await impression()).toMatchObject({
      state: "shown",
      closed_at: null,
      closed_step: "rating",
    });
    // The page came back, from the browser's cache.
    await answer({ question_id: "rating", value: 2, is_final: false });
    expect(await impression()).toMatchObject({ state: "answered", closed_step: null });
    await leave({ ...left, question_id: "comment" });
    expect(await impression()).toMatchObject({ state: "answered", closed_step: "comment" });
    await answer({ question_id: "comment", text: "Slow", is_final: true });
    expect(await impression()).toMatchObject({ state: "answered", closed_step: null });
    await leave(left);
    expect(await impression()).toMatchObject({ state: "answered", closed_step: null });
  });

  it("keeps where a page was left when an earlier answer comes late", async () => {
    const left = { question_id: "comment", is_abandoned: true };
    const about = { userId: "ann", surveyId, impressionId };
    await sendSurveyEvent(collector, "Dismissed", { ...about, more: left });
    await answer({ question_id: "rating", value: 2, is_final: false });
    expect(await impression()).toMatchObject({ state: "answered", closed_step: "comment" });
    await answer({ question_id: "comment", text: "Slow", is_final: false });
    expect(await impression()).toMatchObject({ closed_at: null, closed_step: null });
  });

  it("reads every kind of question", async () => {
    const steps = [
      { id: "ces", kind: "rating", measure: "ces", display: "numbers", scale: 7, prompt: "Easy?" },
      { id: "nps", kind: "nps", prompt: "Recommend?" },
      {
        id: "own",
        kind: "rating",
        measure: "custom",
        display: "stars",
        scale: 10,
        prompt: "Mood?",
      },
      { id: "thumb", kind: "thumbs", prompt: "Useful?" },
      {
        id: "why",
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
    surveyId = await addSurvey(collector, "all", {
      steps: steps as (typeof csatDefinition)["steps"],
      spreadDays: 0,
    });
    const wish = { surveyId, userId: "bob", anonymousId: "b", accountId: "bolt" };
    impressionId = grantedId(await claim(collector, wish));
    await answer({ question_id: "ces", value: 7 }, "bob");
    await answer({ question_id: "nps", value: 0 }, "bob");
    await answer({ question_id: "own", value: 10 }, "bob");
    await answer({ question_id: "thumb", value: 1 }, "bob");
    await answer(
      { question_id: "why", choices: ["speed", "made up"], text: " Colour ", is_final: true },
      "bob",
    );
    expect(await responses()).toMatchObject([
      { question_id: "ces", measure: "ces", value: 7, value_100: 100 },
      { question_id: "nps", measure: "nps", value: 0, value_100: 0 },
      { question_id: "own", measure: "custom", value: 10, value_100: null },
      { question_id: "thumb", measure: "thumbs", value: 1, value_100: 100 },
      { question_id: "why", measure: "choice", value: null, choices: ["speed"], text: "Colour" },
    ]);
  });
});
