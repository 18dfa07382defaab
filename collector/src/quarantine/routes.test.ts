import { sign } from "hono/jwt";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { replayOf } from "./replay-rejected.ts";

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

  it("keeps a message once that comes again and is refused for the same", async () => {
    const message = { type: "tracked", messageId: "again" };
    const other = { type: "track", messageId: "again" };
    for (let round = 0; round < 2; round += 1)
      await reject(message, other, message, { type: "no id" });
    const { data } = await list();
    const codes = data.map((row: Record<string, string>) => [row.messageId, row.code]);
    expect(codes.filter(([id]: string[]) => id === "again").sort()).toEqual([
      ["again", "invalid_type"],
      ["again", "missing_field"],
    ]);
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

  it("replays a message once: its time is of the moment it came in, its arrival of now", async () => {
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
    expect(event?.received_at.getTime()).toBe(collector.now);
  });

  it("goes on waiting where the collector dies before it is stored, and is stored once after all", async () => {
    await reject({ type: "track", event: "Cut Off", userId: "ann", timestamp: "soon" });
    const [row] = (await list("?limit=1")).data;
    const fixed = JSON.stringify({ ...JSON.parse(row.payload), timestamp: "2026-06-01T10:00:00Z" });
    await test.database.sql`UPDATE rejected_messages SET payload = ${fixed} WHERE id = ${row.id}`;
    const project = (await findProject(test.database.sql, collector.projectId)) as Project;
    let isReached = () => {};
    const reached = new Promise<void>((resolve) => {
      isReached = resolve;
    });
    const write = () => {
      isReached();
      return new Promise<never>(() => {});
    };
    const dying = { write } as unknown as EventWriter;
    const deps = { database: test.database, eventWriter: dying, clock: () => collector.now };
    void replayOf(deps, project, row.id);
    await reached;
    expect((await list("?limit=1")).data[0]).toMatchObject({ id: row.id, replayedAt: null });
    const path = `/v1/rejected-messages/${row.id}/replay`;
    const outcomes = await Promise.all(
      [1, 2].map(async () => (await collector.call("POST", path)).json()),
    );
    expect(outcomes).toContainEqual({ outcome: "stored" });
    const [stored] = await test.database.sql`
      SELECT count(*)::int AS count FROM events WHERE event = 'Cut Off'`;
    expect(stored?.count).toBe(1);
  });

  it("keeps a message that fails again, with what is wrong now", async () => {
    await reject({ type: "track", userId: "ann", event: "" });
    const [row] = (await list("?limit=1")).data;
    const replay = await collector.call("POST", `/v1/rejected-messages/${row.id}/replay`);
    expect(await replay.json()).toMatchObject({ outcome: "rejected", code: "missing_field" });
    expect((await list("?limit=1")).data[0]).toMatchObject({ id: row.id, replayedAt: null });
  });

  it("stores no message that its project would not keep any more, and says why", async () => {
    const own = await createTestCollector(test.database, { settings: { retentionDays: 31 } });
    const batch = [30, 20].map((days) => ({
      type: "track",
      event: "",
      userId: "ann",
      messageId: `aged-${days}`,
      timestamp: new Date(own.now - days * DAY_MS).toISOString(),
    }));
    await own.call("POST", "/v1/batch", { batch });
    await test.database.sql`
      UPDATE rejected_messages SET payload = replace(payload, '"event":""', '"event":"Kept"')
      WHERE project_id = ${own.projectId}`;
    own.now += 2 * DAY_MS;
    const path = "/v1/rejected-messages/replay";
    const answer = await (await own.call("POST", path, { code: null })).json();
    expect(answer).toMatchObject({ tried: 2, stored: 1 });
    expect(answer.rejected).toMatchObject([{ code: "invalid_timestamp", count: 1 }]);
    expect(answer.rejected[0].detail).toContain("older than this project keeps events");
    const { data } = await (await own.call("GET", "/v1/rejected-messages")).json();
    const waiting = data.filter((row: { replayedAt: string | null }) => row.replayedAt === null);
    expect(waiting).toMatchObject([{ messageId: "aged-30", code: "invalid_timestamp" }]);
  });

  it("replays all of a reason, and says of each what became of it", async () => {
    const type = "track";
    await reject(
      ...["a", "b", "c"].map((id) => ({
        type,
        messageId: `many-${id}`,
        event: "Many",
        userId: "u",
        timestamp: "soon",
      })),
      { type, messageId: "many-d", event: "Many", userId: "u", timestamp: 5e40 },
    );
    const waiting = (await list("?code=invalid_timestamp&limit=4")).data as {
      id: string;
      messageId: string;
    }[];
    expect(waiting.map(({ messageId }) => messageId)).toEqual([
      "many-d",
      "many-c",
      "many-b",
      "many-a",
    ]);
    // Two get well; one of them was sent again meanwhile, by its sender.
    await test.database.sql`
      UPDATE rejected_messages SET payload = replace(payload, '"soon"', '"2026-06-01T10:00:00Z"')
      WHERE message_id IN ('many-a', 'many-b')`;
    await collector.call("POST", "/v1/batch", {
      batch: [
        {
          type,
          messageId: "many-b",
          event: "Many",
          userId: "u",
          timestamp: "2026-06-01T10:00:00Z",
        },
      ],
    });
    const path = "/v1/rejected-messages/replay";
    const answer = await (await collector.call("POST", path, { code: "invalid_timestamp" })).json();
    expect(answer).toMatchObject({ tried: 4, stored: 1, duplicates: 1, missing: 0, remaining: 0 });
    const again = answer.rejected as { code: string; count: number }[];
    expect(again.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    const ids = waiting.map(({ id }) => id);
    const second = await (await collector.call("POST", path, { ids })).json();
    expect(second).toMatchObject({ tried: 2, stored: 0, missing: 2, next: null });
  });

  it("shows a project nothing of another's, and replays nothing of it", async () => {
    const other = await createTestCollector(test.database);
    const [row] = (await list("?limit=1")).data;
    expect((await (await other.call("GET", "/v1/rejected-messages")).json()).data).toEqual([]);
    expect((await other.call("POST", `/v1/rejected-messages/${row.id}/replay`)).status).toBe(404);
    const body = { ids: [row.id] };
    const many = await (await other.call("POST", "/v1/rejected-messages/replay", body)).json();
    expect(many).toMatchObject({ tried: 0, missing: 1 });
  });

  describe("where a project asks for proofs of identity", () => {
    let own: TestCollector;
    let secret: string;
    const late = { type: "track", event: "x", userId: "ann", timestamp: "soon" };

    beforeEach(async () => {
      own = await createTestCollector(test.database);
      await own.call("PATCH", "/v1/project", { identity: "enforce" });
      secret = (await (await own.call("POST", "/v1/project/identity-secret")).json()).secret;
    });

    /** Sends with the public key. */
    async function send(batch: unknown[], context: Record<string, unknown> = {}): Promise<void> {
      await own.app.request("/v1/batch", {
        method: "POST",
        headers: { authorization: `Bearer ${own.writeKey}` },
        body: JSON.stringify({ batch, context }),
      });
    }

    async function replayAll(code: string | null = null) {
      const answer = await own.call("POST", "/v1/rejected-messages/replay", { code });
      return answer.json();
    }

    const tokenFor = (sub: string, account: string) => {
      const iat = own.now / 1_000;
      return sign({ sub, account, iat, exp: iat + 600 }, secret, "HS256");
    };
    const heal = () => test.database.sql`
      UPDATE rejected_messages SET payload = replace(payload, '"soon"', '"2026-06-01T10:00:00Z"')
      WHERE project_id = ${own.projectId}`;
    const stored = async () => {
      const rows = await test.database.sql`
        SELECT user_id, context, is_bot FROM events WHERE project_id = ${own.projectId}
        ORDER BY user_id`;
      return rows.map((row) => [row.user_id, row.context.identity ?? "trusted", row.is_bot]);
    };

    it("stores no forged message, singly or among all, and asks no proof twice", async () => {
      await send([{ ...late, userId: "eve", timestamp: undefined }]);
      await send([late, { ...late, userId: "bob" }], { token: await tokenFor("ann", "acme") });
      const token = await tokenFor("cid", "acme");
      await send([{ ...late, userId: "cid", context: { token } }]);
      const quarantine = await (await own.call("GET", "/v1/rejected-messages")).text();
      expect(quarantine).not.toContain(token);
      await heal();
      // An hour later no token would pass any more; what it said when it came still counts.
      own.now += 3_600_000;
      expect(await replayAll()).toMatchObject({ tried: 3, stored: 2, remaining: 0 });
      expect(await stored()).toEqual([
        ["ann", "trusted", false],
        ["cid", "trusted", false],
      ]);
      const again = await replayAll("identity_unverified");
      expect(again).toMatchObject({ tried: 2, stored: 0 });
      expect(again.rejected).toMatchObject([{ code: "identity_unverified", count: 2 }]);
      expect(await replayAll()).toMatchObject({ tried: 0, remaining: 0 });
    });

    it("forgets what an erased person proved, before and after, and keeps bob's messages", async () => {
      const token = await tokenFor("ann", "acme");
      await send([{ type: "identify", userId: "ann" }], { token });
      await send([{ ...late, userId: "bob" }], { token });
      await own.flush();
      expect((await own.call("DELETE", "/v1/users/ann")).status).toBe(200);
      await send([late, { ...late, userId: "bob" }], { token });
      const kept = await test.database.sql`
        SELECT payload::jsonb->>'userId' AS user, circumstances->'claims' AS claims
        FROM rejected_messages WHERE project_id = ${own.projectId}`;
      expect([...kept]).toEqual([
        { user: "bob", claims: null },
        { user: "bob", claims: null },
      ]);
      await heal();
      expect(await replayAll()).toMatchObject({ tried: 2, stored: 0 });
    });

    it("marks what was not proved once the project only logs, or asks no more", async () => {
      const context = { groupId: "acme" };
      const say = (userId: string) => ({ type: "track", event: "x", userId, context });
      await send([say("eve")]);
      await own.call("PATCH", "/v1/project", { identity: "log" });
      own.now += 10_001;
      expect(await replayAll()).toMatchObject({ stored: 1 });
      await send([say("ann")], { token: await tokenFor("ann", "acme") });
      await own.flush();
      await own.call("PATCH", "/v1/project", { identity: "enforce" });
      own.now += 10_001;
      await send([say("mal"), { ...say("off"), context: {} }]);
      await own.call("PATCH", "/v1/project", { identity: "log" });
      const rows = (await (await own.call("GET", "/v1/rejected-messages")).json()).data;
      const idOf = (name: string) =>
        rows.find((row: { payload: string }) => row.payload.includes(name)).id;
      const replay = (id: string) => own.call("POST", `/v1/rejected-messages/${id}/replay`);
      await replay(idOf("mal"));
      await own.call("PATCH", "/v1/project", { identity: "off" });
      await replay(idOf("off"));
      expect(await stored()).toEqual([
        ["ann", "trusted", false],
        ["eve", "unverified", false],
        ["mal", "uncounted", true],
        ["off", "unverified", false],
      ]);
    });
  });

  it("forgets what an erased person may have sent as a number that lost its digits", async () => {
    const own = await createTestCollector(test.database);
    const sent = (id: string) => `{"type":"track","event":"x","userId":${id}}`;
    await own.app.request("/v1/batch", {
      method: "POST",
      headers: { authorization: `Bearer ${own.writeKey}` },
      body: `{"batch":[${sent("12345678901234567890")},${sent("22345678901234567890")}]}`,
    });
    const erased = await own.call("DELETE", "/v1/users/12345678901234567890");
    expect(await erased.json()).toMatchObject({ erased: { rejected_messages: 1 } });
    const { data } = await (await own.call("GET", "/v1/rejected-messages")).json();
    expect(data).toMatchObject([
      { payload: expect.stringContaining(String(Number("22345678901234567890"))) },
    ]);
  });

  it("says why a message finds no room, and forgets that of an erased person", async () => {
    const own = await createTestCollector(test.database);
    const late = { type: "track", event: "x", timestamp: "soon" };
    await own.call("PATCH", "/v1/project", { maxAccounts: 1 });
    await own.send({ type: "track", event: "x", userId: "ann", context: { groupId: "acme" } });
    const batch = [
      { ...late, userId: "not-ann" },
      { ...late, userId: "bob", context: { groupId: "bolt" } },
    ];
    await own.call("DELETE", "/v1/users/ann");
    await own.call("POST", "/v1/batch", { batch });
    await test.database.sql`
      UPDATE rejected_messages SET payload =
        replace(replace(payload, '"soon"', '"2026-06-01T10:00:00Z"'), 'not-ann', 'ann')
      WHERE project_id = ${own.projectId}`;
    const answer = await own.call("POST", "/v1/rejected-messages/replay", { code: null });
    const codes = (await answer.json()).rejected.map(({ code }: { code: string }) => code).sort();
    expect(codes).toEqual(["cardinality", "user_erased"]);
    const { data } = await (await own.call("GET", "/v1/rejected-messages")).json();
    expect(data).toMatchObject([{ code: "cardinality", replayedAt: null }]);
  });
});
