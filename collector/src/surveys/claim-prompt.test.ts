import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { addSurvey, claim, grantedId, sendSurveyEvent } from "../../test/surveys.ts";
import { recordContact } from "../playbooks/contact-budget.ts";

const test = useTestDatabase();
const unlimited = { settings: { promptsPerAccountDay: 1_000 } };

describe("POST /v1/prompts/claim", () => {
  let collector: TestCollector;

  beforeEach(async () => {
    collector = await createTestCollector(test.database);
  });

  it("grants exactly one of 50 claims that one person's tabs and devices make at once", async () => {
    const surveyId = await addSurvey(collector, "csat");
    const otherId = await addSurvey(collector, "other");
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        claim(collector, {
          surveyId: at % 2 ? surveyId : otherId,
          userId: "ann",
          anonymousId: `device ${at % 5}`,
          sessionId: `session ${at % 10}`,
        }),
      ),
    );
    expect(answers.filter(({ granted }) => granted)).toHaveLength(1);
    const rows = await test.database.sql`
      SELECT 1 FROM prompt_impressions WHERE project_id = ${collector.projectId}`;
    expect(rows).toHaveLength(1);
  });

  it("keeps an account's budget when its users ask at the same moment", async () => {
    const two = await createTestCollector(test.database, { settings: { promptsPerAccountDay: 2 } });
    const surveyId = await addSurvey(two, "csat");
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        claim(two, { surveyId, userId: `user ${at}`, anonymousId: `v${at}`, accountId: "acme" }),
      ),
    );
    expect(answers.filter(({ granted }) => granted)).toHaveLength(2);
    two.now += DAY_MS;
    const later = await claim(two, { surveyId, userId: "late", accountId: "acme" });
    expect(later.granted).toBe(true);
  });

  it("shares the account's contact budget with people who call it", async () => {
    const surveyId = await addSurvey(collector, "csat");
    const { projectId, now } = collector;
    const at = new Date(now).toISOString();
    const outreach = { projectId, accountId: "acme", channel: "outreach", at } as const;
    await recordContact(test.database.sql, outreach);
    const wish = { surveyId, userId: "ann", accountId: "acme" };
    expect(await claim(collector, wish)).toMatchObject({ reason: "account_budget" });
    collector.now += 3 * DAY_MS;
    expect((await claim(collector, wish)).granted).toBe(true);
  });

  it("keeps the limit of a tag over the surveys that carry it, and asks others", async () => {
    const promptLimits = [{ tag: "Research", prompts: 1, days: 90 }];
    const changed = await collector.call("PATCH", "/v1/project", { promptLimits });
    expect((await changed.json()).promptLimits).toEqual([{ ...promptLimits[0], tag: "research" }]);
    const first = await addSurvey(collector, "first", { tags: ["research"] });
    const second = await addSurvey(collector, "second", { tags: ["weekly", " research"] });
    const untagged = await addSurvey(collector, "untagged");
    const claimAs = (surveyId: string) => claim(collector, { surveyId, userId: "ann" });
    grantedId(await claimAs(first));
    const about = { userId: "ann", surveyId: first };
    const [{ id: impressionId }] = await test.database.sql<[{ id: string }]>`
      SELECT id FROM prompt_impressions WHERE project_id = ${collector.projectId}`;
    await sendSurveyEvent(collector, "Shown", { ...about, impressionId });
    const shownAt = collector.now;
    collector.now += 8 * DAY_MS;
    expect(await claimAs(second)).toEqual({
      granted: false,
      reason: "tag_limit",
      retryAt: new Date(shownAt + 90 * DAY_MS).toISOString(),
    });
    expect(await claimAs(untagged)).toMatchObject({ granted: true });
  });

  it("asks no crawler, and takes no note of one", async () => {
    const surveyId = await addSurvey(collector, "csat");
    const ask = async (userAgent: string) => {
      const { writeKey } = collector;
      const body = { writeKey, surveyId, anonymousId: "visitor", sessionId: "this" };
      const response = await collector.app.request("/v1/prompts/claim", {
        method: "POST",
        headers: { "user-agent": userAgent },
        body: JSON.stringify(body),
      });
      return response.json();
    };
    const crawler =
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) Chrome/140.0 Safari/537.36";
    expect(await ask(crawler)).toEqual({ granted: false, reason: "crawler" });
    const person = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
    expect(await ask(person)).toMatchObject({ granted: true });
  });

  it("asks the browsers of a team's own tests", async () => {
    const surveyId = await addSurvey(collector, "csat");
    const { writeKey } = collector;
    const response = await collector.app.request("/v1/prompts/claim", {
      method: "POST",
      headers: {
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36",
      },
      body: JSON.stringify({ writeKey, surveyId, anonymousId: "visitor", sessionId: "this" }),
    });
    expect(await response.json()).toMatchObject({ granted: true });
  });

  it("never gives more places than a response cap has", async () => {
    const surveyId = await addSurvey(collector, "capped", { responseCap: 3 });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        claim(collector, { surveyId, userId: `user ${at}`, anonymousId: `v${at}` }),
      ),
    );
    expect(answers.filter(({ granted }) => granted)).toHaveLength(3);
  });

  it("never gives a segment more places than its quota has", async () => {
    const surveyId = await addSurvey(collector, "quota", {
      quotas: [{ segment: "plan:pro", answers: 3 }],
    });
    const accounts = Array.from({ length: 12 }, (_, at) => ({
      accountId: `account ${at}`,
      plan: at < 8 ? "pro" : "free",
    }));
    await collector.send(
      ...accounts.map(({ accountId, plan }) => ({
        type: "group",
        userId: `user of ${accountId}`,
        groupId: accountId,
        traits: { plan },
      })),
    );
    const answers = await Promise.all(
      accounts.map(({ accountId }) =>
        claim(collector, {
          surveyId,
          accountId,
          userId: `user of ${accountId}`,
          anonymousId: accountId,
        }),
      ),
    );
    const grantedTo = (plan: string) =>
      answers.filter(({ granted }, at) => granted && accounts[at]?.plan === plan).length;
    expect([grantedTo("pro"), grantedTo("free")]).toEqual([3, 4]);
    expect(answers.filter((one) => !one.granted && one.reason === "segment_quota")).toHaveLength(5);
  });

  it("knows a visitor again who logged in, before and after their identity arrives", async () => {
    const surveyId = await addSurvey(collector, "csat");
    const visitor = { surveyId, anonymousId: "device", sessionId: "a" };
    grantedId(await claim(collector, visitor));
    const named = { ...visitor, userId: "ann", sessionId: "b" };
    expect(await claim(collector, named)).toMatchObject({ reason: "person_cooling_down" });
    await collector.send({ type: "identify", userId: "ann", anonymousId: "device" });
    const elsewhere = { surveyId, anonymousId: "phone", userId: "ann", sessionId: "c" };
    expect(await claim(collector, elsewhere)).toMatchObject({ reason: "person_cooling_down" });
  });

  it("knows a nameless tab again whose neighbour logged in", async () => {
    const surveyId = await addSurvey(collector, "csat");
    grantedId(await claim(collector, { surveyId, anonymousId: "device", userId: "ann" }));
    const nameless = { surveyId, anonymousId: "device", sessionId: "b" };
    expect(await claim(collector, nameless)).toMatchObject({ reason: "person_cooling_down" });
  });

  it("gives a grant back that no browser ever showed", async () => {
    const surveyId = await addSurvey(collector, "csat");
    const wish = { surveyId, userId: "ann" };
    grantedId(await claim(collector, wish));
    collector.now += 14 * 60_000;
    expect(await claim(collector, wish)).toMatchObject({ reason: "person_cooling_down" });
    collector.now += 60_000;
    expect(await claim(collector, wish)).toMatchObject({ granted: true });
  });

  it("follows what became of a prompt: shown, later, never", async () => {
    const unbound = await createTestCollector(test.database, unlimited);
    const surveyId = await addSurvey(unbound, "csat");
    const wish = { surveyId, userId: "ann" };
    const about = { userId: "ann", surveyId };
    const first = grantedId(await claim(unbound, wish));
    await sendSurveyEvent(unbound, "Shown", { ...about, impressionId: first });
    unbound.now += 6 * DAY_MS;
    expect(await claim(unbound, wish)).toMatchObject({ reason: "person_cooling_down" });
    unbound.now += DAY_MS;
    const answer = await claim(unbound, { ...wish, locales: ["de"] });
    expect(answer.granted && answer.survey.messages.whyText).toMatch(
      /You were last asked on June \d+, 2026\.$/,
    );
    const second = grantedId(answer);
    const later = { impressionId: second, more: { question_id: "rating", until: "later" } };
    await sendSurveyEvent(unbound, "Postponed", { ...about, ...later });
    unbound.now += 6 * DAY_MS;
    expect(await claim(unbound, wish)).toMatchObject({ reason: "postponed" });
    unbound.now += DAY_MS;
    const third = grantedId(await claim(unbound, wish));
    const never = { impressionId: third, more: { question_id: "rating", until: "never" } };
    await sendSurveyEvent(unbound, "Postponed", { ...about, ...never });
    unbound.now += 3_000 * DAY_MS;
    expect(await claim(unbound, wish)).toEqual({ granted: false, reason: "opted_out" });
  });

  it("answers in the person's language, with the survey's own words in it", async () => {
    const surveyId = await addSurvey(collector, "csat", {
      translations: { ar: { rating: { prompt: "كيف كان ذلك؟" } } },
    });
    const answer = await claim(collector, { surveyId, locales: ["xx", "ar-EG", "en"] });
    expect(answer).toMatchObject({
      granted: true,
      survey: {
        locale: "ar",
        direction: "rtl",
        steps: [{ prompt: "كيف كان ذلك؟" }, { prompt: "What went wrong?" }, {}],
      },
    });
  });

  it("targets by traits that ingestion stored", async () => {
    const surveyId = await addSurvey(collector, "pro", {
      targeting: {
        user: [{ property: "role", operator: "equals", value: "admin" }],
        account: [],
        segments: ["plan:pro"],
      },
    });
    await collector.send(
      { type: "identify", userId: "ann", traits: { role: "admin" } },
      { type: "group", userId: "ann", groupId: "acme", traits: { plan: "pro" } },
      { type: "identify", userId: "bob", traits: { role: "guest" } },
      { type: "group", userId: "bob", groupId: "acme" },
    );
    const bob = await claim(collector, { surveyId, userId: "bob", anonymousId: "b" });
    expect(bob).toMatchObject({ reason: "not_targeted" });
    const ann = await claim(collector, { surveyId, userId: "ann", anonymousId: "a" });
    expect(ann.granted).toBe(true);
  });

  it("does not know surveys of other projects", async () => {
    const other = await createTestCollector(test.database);
    const surveyId = await addSurvey(other, "csat");
    expect(await claim(collector, { surveyId })).toEqual({
      granted: false,
      reason: "unknown_survey",
    });
  });
});
