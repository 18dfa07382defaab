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

  async function send(userIds: string[], token?: string) {
    const context = { groupId: "acme", ...(token !== undefined && { token }) };
    const batch = userIds.map((userId) => ({ type: "track", event: "Opened", userId, context }));
    const response = await collector.app.request("/v1/batch", {
      method: "POST",
      headers: { authorization: `Bearer ${collector.writeKey}` },
      body: JSON.stringify({ batch }),
    });
    expect((await response.json()).accepted).toBe(userIds.length);
  }

  const proofOf = (sub: string) => {
    const iat = Math.floor(collector.now / 1_000);
    return sign({ sub, account: "acme", iat, exp: iat + 600 }, secret, "HS256");
  };
  const countedUsers = async () => {
    const rows = await test.database.sql`
      SELECT user_id FROM daily_usage WHERE project_id = ${collector.projectId} ORDER BY user_id`;
    return rows.map((row) => row.user_id);
  };
  const share = async () =>
    (await (await collector.call("GET", "/v1/accounts/acme")).json()).unsignedShare;

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
    collector.now += 29 * 86_400_000;
    await send(["bob"]);
    expect(await countedUsers()).toEqual(["ann", "bob"]);
    await applyRetention(test.database.sql, [], collector.now);
    const kept = await test.database.sql`
      SELECT signed::int, unsigned::int FROM identity_counts
      WHERE project_id = ${collector.projectId}`;
    expect(kept.map(({ signed, unsigned }) => [signed, unsigned])).toEqual([[0, 1]]);
  });

  it("have no share where no proof is asked for", async () => {
    await collector.call("PATCH", "/v1/project", { identity: "off" });
    collector.now += 10_001;
    await send(["ann"]);
    expect(await share()).toBeNull();
  });
});
