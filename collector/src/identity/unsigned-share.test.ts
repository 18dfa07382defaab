import { randomBytes } from "node:crypto";
import { sign } from "hono/jwt";
import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { applyRetention } from "../operations/apply-retention.ts";
import { recountUsage } from "../operations/recount-usage.ts";

const test = useTestDatabase();

describe("messages without a proof of identity, in log mode", () => {
  let collector: TestCollector;
  let secret: string;

  beforeEach(async () => {
    collector = await createTestCollector(test.database);
    await collector.call("PATCH", "/v1/project", { identity: "log" });
    const answer = await collector.call("POST", "/v1/project/identity-secret");
    secret = (await answer.json()).secret;
  });

  /** Sends with the public key; the answer. */
  async function post(batch: unknown[]) {
    const response = await collector.app.request("/v1/batch", {
      method: "POST",
      headers: { authorization: `Bearer ${collector.writeKey}` },
      body: JSON.stringify({ batch }),
    });
    return response.json();
  }

  async function send(userIds: string[], token?: string) {
    const context = { groupId: "acme", ...(token !== undefined && { token }) };
    const batch = userIds.map((userId) => ({ type: "track", event: "Opened", userId, context }));
    expect((await post(batch)).accepted).toBe(userIds.length);
  }

  const proofOf = (sub: string, account = "acme") => {
    const iat = Math.floor(collector.now / 1_000);
    return sign({ sub, account, iat, exp: iat + 600 }, secret, "HS256");
  };
  const countedUsers = async () => {
    const rows = await test.database.sql`
      SELECT user_id FROM daily_usage WHERE project_id = ${collector.projectId} ORDER BY user_id`;
    return rows.map((row) => row.user_id);
  };
  const share = async (accountId = "acme") => {
    await collector.flush();
    return (await (await collector.call("GET", `/v1/accounts/${accountId}`)).json()).unsignedShare;
  };

  it("count as long as nobody of the account proves who they are, and no longer", async () => {
    await send(["early"]);
    expect(await share()).toBe(1);
    await send(["ann"], await proofOf("ann"));
    await send(["fake-1", "fake-2"]);
    expect(await countedUsers()).toEqual(["ann", "early"]);
    expect(await share()).toBe(0.75);
    expect(await recountUsage(test.database.sql)).toEqual([]);
  });

  it("count again 28 days after the last proof", async () => {
    await send(["ann"], await proofOf("ann"));
    await collector.flush();
    collector.now += 29 * 86_400_000;
    await send(["bob"]);
    expect(await countedUsers()).toEqual(["ann", "bob"]);
    await collector.flush();
    await applyRetention(test.database.sql, [], collector.now);
    const kept = await test.database.sql`
      SELECT signed::int, unsigned::int FROM identity_counts
      WHERE project_id = ${collector.projectId}`;
    expect(kept.map(({ signed, unsigned }) => [signed, unsigned])).toEqual([[0, 1]]);
  });

  it("have no share where no proof is asked for, whatever was counted before", async () => {
    await send(["ann"]);
    expect(await share()).toBe(1);
    await collector.call("PATCH", "/v1/project", { identity: "off" });
    expect(await share()).toBeNull();
  });

  it("count once, and only when they are stored", async () => {
    const token = await proofOf("ann");
    const context = { groupId: "acme" };
    const say = { type: "track", event: "Opened", userId: "ann", messageId: "m-1", context };
    const signed = { ...say, context: { ...context, token } };
    const tooLong = { ...say, properties: { text: "x".repeat(40_000) } };
    await post([signed, tooLong]);
    await post([signed, tooLong]);
    expect(await share()).toBe(0);
    await collector.call("PATCH", "/v1/project", { identity: "enforce" });
    collector.now += 10_001;
    await post([
      { ...signed, messageId: "m-2" },
      { ...say, context: { groupId: "made-up" } },
    ]);
    await collector.flush();
    const counts = await test.database.sql`
      SELECT account_id, signed::int, unsigned::int FROM identity_counts
      WHERE project_id = ${collector.projectId}`;
    expect([...counts]).toEqual([{ account_id: "acme", signed: 2, unsigned: 0 }]);
  });

  it("spoil no batch by an account id that no database can hold, or only in part", async () => {
    const long = randomBytes(6_000).toString("base64");
    const say = { type: "track", event: "Opened", userId: "ann" };
    const answer = await post([
      { ...say, groupId: "a\u0000b" },
      { ...say, groupId: "c\ud800" },
      { ...say, context: { groupId: long } },
    ]);
    expect(answer).toMatchObject({ accepted: 1, rejected: [{ index: 0 }, { index: 1 }] });
    expect(await share(encodeURIComponent(long.slice(0, 200)))).toBe(1);
  });

  it("speak for no account of people who prove who they are, though they write its id as a number", async () => {
    // As another process counted it.
    await test.database.sql`
      INSERT INTO identity_counts (project_id, account_id, day, signed, unsigned)
      VALUES (${collector.projectId}, '123', '2026-06-15', 1, 0)`;
    await post([
      { type: "track", event: "Opened", userId: "eve", context: { groupId: 123 } },
      { type: "track", event: "Opened", userId: "mal", groupId: 123 },
    ]);
    expect(await countedUsers()).toEqual([]);
    await collector.flush();
    const [count] = await test.database.sql`
      SELECT signed::int, unsigned::int FROM identity_counts
      WHERE project_id = ${collector.projectId}`;
    expect(count).toEqual({ signed: 1, unsigned: 2 });
  });
});
