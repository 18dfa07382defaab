import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

describe("the routes of the quarantine", () => {
  let collector: TestCollector;
  beforeAll(async () => {
    collector = await createTestCollector(test.database);
  });

  async function reject(...messages: unknown[]): Promise<void> {
    await collector.call("POST", "/v1/batch", { batch: messages });
  }

  async function list(query = "") {
    return (await collector.call("GET", `/v1/rejected-messages${query}`)).json();
  }

  it("shows what was refused, why, and the message itself, newest first", async () => {
    await reject({ type: "track", userId: "ann", secret: "kept" }, { type: "nonsense" });
    const { data } = await list();
    expect(data.map((row: { code: string }) => row.code)).toEqual([
      "invalid_type",
      "missing_field",
    ]);
    expect(JSON.parse(data[1].payload)).toMatchObject({ userId: "ann" });
    expect((await list("?code=missing_field")).data).toHaveLength(1);
  });

  it("gives every row once over pages", async () => {
    await reject(...Array.from({ length: 7 }, () => ({ type: "x" })));
    const ids: string[] = [];
    let page = await list("?limit=3");
    ids.push(...page.data.map((row: { id: string }) => row.id));
    while (page.nextCursor) {
      page = await list(`?limit=3&cursor=${page.nextCursor}`);
      ids.push(...page.data.map((row: { id: string }) => row.id));
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(9);
  });

  it("replays a message once, as of the moment it came in", async () => {
    await reject({ type: "track", event: "Fixed Later", userId: "ann", timestamp: "soon" });
    const [row] = (await list("?limit=1")).data;
    const fixed = JSON.stringify({ ...JSON.parse(row.payload), timestamp: "2026-06-01T10:00:00Z" });
    await test.database.sql`UPDATE rejected_messages SET payload = ${fixed} WHERE id = ${row.id}`;
    collector.now += 60_000;
    const path = `/v1/rejected-messages/${row.id}/replay`;
    expect(await (await collector.call("POST", path)).json()).toEqual({ outcome: "stored" });
    expect((await collector.call("POST", path)).status).toBe(404);
    const [event] = await test.database.sql`
      SELECT occurred_at, received_at FROM events WHERE event = 'Fixed Later'`;
    expect(event?.occurred_at.toISOString()).toBe("2026-06-01T10:00:00.000Z");
    expect(event?.received_at.toISOString()).toBe(row.receivedAt);
  });

  it("keeps a message that fails again, with what is wrong now", async () => {
    await reject({ type: "track", userId: "ann", event: "" });
    const [row] = (await list("?limit=1")).data;
    const replay = await collector.call("POST", `/v1/rejected-messages/${row.id}/replay`);
    expect(await replay.json()).toMatchObject({ outcome: "rejected", code: "invalid_field" });
    expect((await list("?limit=1")).data[0]).toMatchObject({ id: row.id, replayedAt: null });
  });

  it("shows a project nothing of another's, and replays nothing of it", async () => {
    const other = await createTestCollector(test.database);
    const [row] = (await list("?limit=1")).data;
    expect((await (await other.call("GET", "/v1/rejected-messages")).json()).data).toEqual([]);
    expect((await other.call("POST", `/v1/rejected-messages/${row.id}/replay`)).status).toBe(404);
  });
});
