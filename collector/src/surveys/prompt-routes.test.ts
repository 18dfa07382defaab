import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { addSurvey } from "../../test/surveys.ts";

const test = useTestDatabase();

describe("the public routes of prompts", () => {
  let collector: TestCollector;
  const getConfig = (headers: Record<string, string> = {}) =>
    collector.app.request(`/v1/config?writeKey=${collector.writeKey}`, { headers });
  const postClaim = (body: string, headers: Record<string, string> = {}, query = "") =>
    collector.app.request(`/v1/prompts/claim${query}`, { method: "POST", body, headers });

  beforeEach(async () => {
    collector = await createTestCollector(test.database);
  });

  it("tells browsers the live surveys, and what wakes the widget for them", async () => {
    const empty = await getConfig();
    expect(await empty.json()).toEqual({ wake: [], surveys: [], hasFeedback: false });
    await addSurvey(collector, "csat", { delayMs: 500, cancelEvents: ["Upgraded"] });
    await addSurvey(collector, "feedback", { trigger: { kind: "manual" } });
    await collector.call("POST", "/v1/surveys", {
      key: "draft",
      name: "Draft",
      definition: {
        steps: [{ id: "a", kind: "thumbs", prompt: "?" }],
        trigger: { kind: "manual" },
      },
    });
    const response = await getConfig();
    const config = await response.json();
    expect(config).toMatchObject({
      wake: [{ event: "Task Completed" }],
      hasFeedback: true,
      surveys: [
        { key: "csat", delayMs: 500, cancelEvents: ["Upgraded"] },
        { key: "feedback", trigger: { kind: "manual" } },
      ],
    });
    expect(Object.keys(config.surveys[0]).sort()).toEqual([
      "cancelEvents",
      "delayMs",
      "event",
      "id",
      "key",
      "trigger",
    ]);
  });

  it("answers a batch of our SDK with what wakes the widget, and no one else's", async () => {
    await addSurvey(collector, "csat");
    const post = async (library: string) => {
      const batch = [{ type: "page", anonymousId: "a" }];
      const { writeKey } = collector;
      const body = JSON.stringify({ writeKey, batch, context: { library: { name: library } } });
      return collector.app.request("/v1/batch", { method: "POST", body });
    };
    const ours = await post("@telltale/sdk");
    expect(await ours.json()).toMatchObject({ accepted: 1, wake: [{ event: "Task Completed" }] });
    const others = await post("analytics.js");
    expect(await others.json()).not.toHaveProperty("wake");
  });

  it("answers 304 to a browser that has the newest settings, and lets any page read them", async () => {
    const response = await getConfig();
    expect(response.headers.get("cache-control")).toBe("public, max-age=60");
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    const etag = response.headers.get("etag") ?? "";
    const again = await getConfig({ "if-none-match": `W/${etag}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    await addSurvey(collector, "csat");
    expect((await getConfig({ "if-none-match": etag })).status).toBe(200);
  });

  it("takes the write key from Basic auth, the body or the query", async () => {
    const surveyId = await addSurvey(collector, "csat");
    const wish = { surveyId, anonymousId: "a", sessionId: "s" };
    const basic = { authorization: `Basic ${btoa(`${collector.writeKey}:`)}` };
    const ways = [
      await postClaim(JSON.stringify(wish), basic),
      await postClaim(JSON.stringify({ ...wish, writeKey: collector.writeKey })),
      await postClaim(JSON.stringify(wish), {}, `?writeKey=${collector.writeKey}`),
      await collector.app.request("/v1/config", { headers: basic }),
    ];
    expect(ways.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(ways[0]?.headers.get("access-control-allow-origin")).toBe("*");
    expect(ways[0]?.headers.get("cache-control")).toBe("no-store");
  });

  it("refuses a missing or unknown key", async () => {
    const body = JSON.stringify({ surveyKey: "csat", anonymousId: "a", sessionId: "s" });
    const keyless = await postClaim(body);
    expect(keyless.status).toBe(401);
    // Without it the page could not read why.
    expect(keyless.headers.get("access-control-allow-origin")).toBe("*");
    expect((await postClaim(body, {}, "?writeKey=wk_unknown")).status).toBe(401);
    expect((await collector.app.request("/v1/config")).status).toBe(401);
  });

  it("refuses pages that are not on the project's list", async () => {
    collector = await createTestCollector(test.database, {
      settings: { allowedOrigins: ["https://app.example"] },
    });
    expect((await getConfig({ origin: "https://evil.example" })).status).toBe(403);
    expect((await getConfig({ origin: "https://app.example" })).status).toBe(200);
    const body = JSON.stringify({ surveyKey: "csat", anonymousId: "a", sessionId: "s" });
    const query = `?writeKey=${collector.writeKey}`;
    expect((await postClaim(body, { origin: "https://evil.example" }, query)).status).toBe(403);
  });

  it.each([
    ["not JSON", "{", ""],
    ["no visitor", { surveyKey: "csat", sessionId: "s" }, "/anonymousId"],
    ["no survey", { anonymousId: "a", sessionId: "s" }, "/surveyId"],
    [
      "two surveys",
      { surveyKey: "a", surveyId: crypto.randomUUID(), anonymousId: "a", sessionId: "s" },
      "/surveyId",
    ],
    ["an id that is none", { surveyId: "x", anonymousId: "a", sessionId: "s" }, "/surveyId"],
    [
      "a giant id",
      { surveyKey: "a", anonymousId: "a".repeat(201), sessionId: "s" },
      "/anonymousId",
    ],
    ["a zero byte", { surveyKey: "a", anonymousId: "a\u0000", sessionId: "s" }, "/anonymousId"],
  ])("says what is wrong with %s", async (_, body, pointer) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const response = await postClaim(text, {}, `?writeKey=${collector.writeKey}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ pointer }] });
  });

  it("asks nobody who opted out of tracking, or whose data was erased", async () => {
    const surveyId = await addSurvey(collector, "csat");
    const body = JSON.stringify({
      writeKey: collector.writeKey,
      surveyId,
      anonymousId: "a",
      userId: "ann",
      sessionId: "s",
    });
    const refused = { granted: false, reason: "opted_out" };
    expect(await (await postClaim(body, { "sec-gpc": "1" })).json()).toEqual(refused);
    await collector.send({ type: "identify", userId: "ann", anonymousId: "a" });
    expect((await collector.call("DELETE", "/v1/users/ann")).status).toBeLessThan(300);
    expect(await (await postClaim(body)).json()).toEqual(refused);
  });

  it("asks for a proof of identity where the project wants one", async () => {
    collector = await createTestCollector(test.database, { settings: { identity: "enforce" } });
    const surveyId = await addSurvey(collector, "csat");
    const wish = { writeKey: collector.writeKey, surveyId, anonymousId: "a", sessionId: "s" };
    const named = await postClaim(JSON.stringify({ ...wish, userId: "ann", token: "made.up.one" }));
    expect(await named.json()).toEqual({ granted: false, reason: "identity_unverified" });
    const nameless = await postClaim(JSON.stringify(wish));
    expect(await nameless.json()).toMatchObject({ granted: true });
  });

  it("tells the kind of device by the browser's name, and a survey that is not for it stays away", async () => {
    const targeting = { devices: ["desktop"] };
    const surveyId = await addSurvey(collector, "csat", { targeting } as never);
    const { writeKey } = collector;
    const claim = JSON.stringify({ writeKey, surveyId, anonymousId: "a", sessionId: "s" });
    const phone = "Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0.0.0 Mobile Safari/537.36";
    expect(await (await postClaim(claim, { "user-agent": phone })).json()).toEqual({
      granted: false,
      reason: "not_targeted",
    });
    const desktop = phone
      .replace("Linux; Android 10; K", "X11; Linux x86_64")
      .replace("Mobile ", "");
    expect(await (await postClaim(claim, { "user-agent": desktop })).json()).toMatchObject({
      granted: true,
    });
  });

  it("answers a preflight", async () => {
    const response = await collector.app.request("/v1/prompts/claim", {
      method: "OPTIONS",
      headers: { origin: "https://app.example", "access-control-request-method": "POST" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });
});
