import { sign } from "hono/jwt";
import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { recountUsage } from "../operations/recount-usage.ts";

const test = useTestDatabase();

describe("the routes of the project", () => {
  let collector: TestCollector;
  beforeEach(async () => {
    collector = await createTestCollector(test.database);
  });

  async function send(messages: object[], headers: Record<string, string> = {}, context = {}) {
    const response = await collector.app.request("/v1/batch", {
      method: "POST",
      headers: { authorization: `Bearer ${collector.writeKey}`, ...headers },
      body: JSON.stringify({ batch: messages, context }),
    });
    return { status: response.status, body: await response.json() };
  }

  it("shows the settings with their defaults, changes them, and names faulty ones", async () => {
    const read = async () => (await collector.call("GET", "/v1/project")).json();
    expect(await read()).toMatchObject({
      timeZone: "UTC",
      allowedOrigins: [],
      identity: "off",
      isGpcHonoured: true,
      retentionDays: null,
      currency: null,
    });
    await collector.call("PATCH", "/v1/project", { retentionDays: 90, name: "Mine" });
    await collector.call("PATCH", "/v1/project", { allowedOrigins: ["https://a.example"] });
    expect(await read()).toMatchObject({
      name: "Mine",
      retentionDays: 90,
      allowedOrigins: ["https://a.example"],
    });
    for (const faulty of [
      { timeZone: "Mars/Olympus" },
      // Postgres knows no such zone, or another one of that name than ICU.
      { timeZone: "AET" },
      { timeZone: "ist" },
      { timeZone: "US/Pacific-New" },
      { allowedOrigins: ["https://a.example/path"] },
      { retentionDays: 3 },
      { currency: "eur" },
      { currency: "XQZ" },
      { unknown: 1 },
    ]) {
      expect((await collector.call("PATCH", "/v1/project", faulty)).status).toBe(400);
    }
  });

  it("counts the usage anew when the days are cut in another zone", async () => {
    const { sql } = test.database;
    await collector.send(
      { type: "track", event: "x", userId: "ann", timestamp: "2026-06-01T23:30:00Z" },
      { type: "track", event: "x", anonymousId: "v", timestamp: "2026-06-01T01:00:00Z" },
    );
    await collector.call("PATCH", "/v1/project", { timeZone: "Europe/Berlin" });
    const rows = await sql`
      SELECT day::text, user_id FROM daily_usage
      WHERE project_id = ${collector.projectId} ORDER BY day`;
    expect([...rows]).toEqual([
      { day: "2026-06-01", user_id: "anon:v" },
      { day: "2026-06-02", user_id: "ann" },
    ]);
    expect(await recountUsage(sql, { projectId: collector.projectId })).toEqual([]);
  });

  it("keeps a browser with Global Privacy Control out, unless told otherwise", async () => {
    const message = { type: "track", event: "x", userId: "ann" };
    const first = await send([message], { "sec-gpc": "1" });
    expect(first.body).toMatchObject({ accepted: 0, rejected: [{ code: "opted_out" }] });
    expect(
      await test.database.sql`
      SELECT 1 FROM events WHERE project_id = ${collector.projectId}`,
    ).toHaveLength(0);
    expect((await (await collector.call("GET", "/v1/rejected-messages")).json()).data).toEqual([]);
    await collector.call("PATCH", "/v1/project", { isGpcHonoured: false });
    expect((await send([message], { "sec-gpc": "1" })).body.accepted).toBe(1);
  });

  it("keeps what a crawler sends, and counts it as nobody's usage", async () => {
    const message = { type: "track", event: "x", userId: "ann", context: { groupId: "acme" } };
    const agent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    expect((await send([message], { "user-agent": agent })).body.accepted).toBe(1);
    const { sql } = test.database;
    const { projectId } = collector;
    const rows = await sql`SELECT is_bot FROM events WHERE project_id = ${projectId}`;
    expect([...rows]).toEqual([{ is_bot: true }]);
    expect(await sql`SELECT 1 FROM daily_usage WHERE project_id = ${projectId}`).toHaveLength(0);
    expect(await sql`SELECT 1 FROM rescore_queue WHERE project_id = ${projectId}`).toHaveLength(0);
    expect(await recountUsage(sql, { projectId })).toEqual([]);
  });

  it("keeps what an automated browser sends, and counts it only where the page says to", async () => {
    const { sql } = test.database;
    const { projectId } = collector;
    const context = { groupId: "acme" };
    const messages = [
      { type: "track", event: "x", userId: "script", context },
      { type: "track", event: "x", userId: "tour", context: { ...context, isAutomated: false } },
    ];
    expect((await send(messages, {}, { isAutomated: true })).body.accepted).toBe(2);
    const rows = await sql`
      SELECT user_id, is_bot FROM events WHERE project_id = ${projectId} ORDER BY user_id`;
    expect([...rows]).toEqual([
      { user_id: "script", is_bot: true },
      { user_id: "tour", is_bot: false },
    ]);
    const counted = await sql`SELECT user_id FROM daily_usage WHERE project_id = ${projectId}`;
    expect([...counted]).toEqual([{ user_id: "tour" }]);
    expect(await recountUsage(sql, { projectId })).toEqual([]);
  });

  describe("with proofs of identity", () => {
    const message = { type: "track", event: "x", userId: "ann", context: { groupId: "acme" } };
    let secret: string;
    let nowS: number;
    let claims: { sub: string; account: string; iat: number; exp: number };

    beforeEach(async () => {
      const response = await collector.call("POST", "/v1/project/identity-secret");
      secret = (await response.json()).secret;
      nowS = collector.now / 1_000;
      claims = { sub: "ann", account: "acme", iat: nowS, exp: nowS + 3_600 };
      await collector.call("PATCH", "/v1/project", { identity: "enforce" });
    });

    it("refuses six forgeries with 403 and lets the real one pass", async () => {
      const other = await createTestCollector(test.database);
      const theirs = await (await other.call("POST", "/v1/project/identity-secret")).json();
      const [header, payload, signature] = (await sign(claims, secret, "HS256")).split(".");
      const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url");
      const forgeries: Record<string, string | undefined> = {
        absent: undefined,
        "alg none": `${none}.${payload}.`,
        "wrong key": await sign(claims, "not the secret", "HS256"),
        expired: await sign({ ...claims, iat: nowS - 7_200, exp: nowS - 3_600 }, secret, "HS256"),
        "other project": await sign(claims, theirs.secret, "HS256"),
        truncated: `${header}.${payload}.${signature?.slice(0, -4)}`,
        "another user": await sign({ ...claims, sub: "bob" }, secret, "HS256"),
        "another account": await sign({ ...claims, account: "bolt" }, secret, "HS256"),
        "another algorithm": await sign(claims, secret, "HS512"),
        "too long a life": await sign({ ...claims, exp: nowS + 86_400 }, secret, "HS256"),
      };
      for (const [name, token] of Object.entries(forgeries)) {
        const { status } = await send([message], {}, token === undefined ? {} : { token });
        expect([name, status]).toEqual([name, 403]);
      }
      const { projectId } = collector;
      const { sql } = test.database;
      expect(await sql`SELECT 1 FROM events WHERE project_id = ${projectId}`).toHaveLength(0);
      const token = await sign(claims, secret, "HS256");
      expect((await send([message], {}, { token })).body.accepted).toBe(1);
      const [row] = await sql`SELECT context FROM events WHERE project_id = ${projectId}`;
      expect(row?.context).toEqual({ groupId: "acme" });
    });

    it("refuses one message of a batch and keeps the proved and the anonymous ones", async () => {
      const token = await sign(claims, secret, "HS256");
      const { status, body } = await send([
        { ...message, context: { ...message.context, token } },
        { ...message, userId: "bob" },
        { type: "page", anonymousId: "v1" },
      ]);
      expect(status).toBe(200);
      expect(body).toMatchObject({
        accepted: 2,
        rejected: [{ index: 1, code: "identity_unverified" }],
      });
    });

    it("has our SDK bring a batch again whole whose proof is missing, and takes its rest once", async () => {
      const library = { name: "@telltale/sdk", version: "0" };
      const visit = { type: "page", anonymousId: "v1", messageId: "mixed-visit" };
      const batch = [visit, { ...message, messageId: "mixed-use" }];
      const early = await send(batch, {}, { library });
      expect([early.status, early.body.errors.length]).toEqual([403, 1]);
      const token = await sign(claims, secret, "HS256");
      const { status, body } = await send(batch, {}, { library, token });
      expect([status, body]).toMatchObject([200, { accepted: 1, duplicates: 1, rejected: [] }]);
      // A proof that does not say so will not say so later.
      const foreign = await send([visit, { ...message, userId: "bob" }], {}, { library, token });
      expect(foreign.status).toBe(200);
    });

    it("notes in log mode what was not proved, and asks nothing of servers", async () => {
      await collector.call("PATCH", "/v1/project", { identity: "log" });
      expect((await send([message])).body.accepted).toBe(1);
      const [row] = await test.database.sql`
        SELECT context FROM events WHERE project_id = ${collector.projectId}`;
      expect(row?.context).toEqual({ groupId: "acme", identity: "unverified" });
      await collector.call("PATCH", "/v1/project", { identity: "enforce" });
      await collector.send(message);
    });

    it("ends the proofs of the old secret when a new one is made", async () => {
      const token = await sign(claims, secret, "HS256");
      expect((await send([message], {}, { token })).status).toBe(200);
      await collector.call("POST", "/v1/project/identity-secret");
      collector.now += 10_001;
      expect((await send([message], {}, { token })).status).toBe(403);
    });

    it("takes the proofs of a new secret within a second", async () => {
      await send([message], {}, { token: await sign(claims, secret, "HS256") });
      const made = await collector.call("POST", "/v1/project/identity-secret");
      const token = await sign(claims, (await made.json()).secret, "HS256");
      collector.now += 1_000;
      expect((await send([message], {}, { token })).status).toBe(200);
    });
  });

  it("holds a key to its scopes", async () => {
    const { sql } = test.database;
    const allow = async (scopes: string[]) => {
      await sql`
        UPDATE api_keys SET scopes = ${scopes} WHERE project_id = ${collector.projectId}
          AND kind = 'secret'`;
      collector.now += 10_001;
    };
    const ask = async () => [
      (await collector.call("GET", "/v1/project")).status,
      (await collector.call("PATCH", "/v1/project", { name: "x" })).status,
      (await collector.call("POST", "/v1/batch", { batch: [] })).status,
    ];
    expect(await ask()).toEqual([200, 200, 200]);
    await allow(["read"]);
    expect(await ask()).toEqual([200, 403, 403]);
    await allow(["ingest", "write"]);
    expect(await ask()).toEqual([403, 200, 200]);
  });
});
