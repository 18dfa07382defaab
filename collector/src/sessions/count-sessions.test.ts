import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { findWaiting } from "../../test/find-waiting.ts";
import { applyRetention } from "../operations/apply-retention.ts";
import { countSessions } from "./count-sessions.ts";
import { lockSessions } from "./queries.ts";

const test = useTestDatabase();
const MINUTE_MS = 60_000;

function inSession(sessionId: string, message: Record<string, unknown>): Record<string, unknown> {
  const context = { sessionId, ...(message.context as object | undefined) };
  return { type: "track", event: "Opened", messageId: v7(), ...message, context };
}

let start = Date.parse("2026-06-15T12:00:00Z");

/** Each later than the ones before: how far was counted is one for all projects. */
async function createLaterCollector(
  settings: Record<string, unknown> = {},
): Promise<TestCollector> {
  start += DAY_MS;
  return createTestCollector(test.database, { now: start, settings });
}

/** Counts what came in until now, and moves on. */
async function count(collector: TestCollector): Promise<void> {
  collector.now += 2 * MINUTE_MS;
  await countSessions(test.database.sql, collector.now);
}

/** What the raw events say, by person and session. */
async function recount(projectId: string): Promise<object[]> {
  const rows = await test.database.sql`
    SELECT coalesce(nullif(events.user_id, ''), alias.user_id, 'anon:' || events.anonymous_id) AS user_id,
      session_id, min(occurred_at) AS started_at, max(occurred_at) AS last_event_at,
      count(*)::int AS event_count, sum(engaged_ms)::int AS engaged_ms
    FROM events LEFT JOIN user_aliases AS alias ON alias.project_id = events.project_id
      AND alias.anonymous_id = events.anonymous_id
    WHERE events.project_id = ${projectId} AND session_id <> '' AND type = 'track'
    GROUP BY 1, 2 ORDER BY 1, 2`;
  return [...rows];
}

async function stored(projectId: string): Promise<object[]> {
  const rows = await test.database.sql`
    SELECT user_id, session_id, started_at, last_event_at, event_count::int, engaged_ms::int
    FROM sessions WHERE project_id = ${projectId} ORDER BY 1, 2`;
  return [...rows];
}

describe("sessions", () => {
  it("equal a recount of the events, also of late ones and of visitors who became known", async () => {
    const collector = await createLaterCollector();
    const { projectId } = collector;
    const acme = { context: { groupId: "acme" } };
    await collector.send(
      inSession("one", { anonymousId: "visitor" }),
      inSession("one", {
        anonymousId: "visitor",
        event: "Session Ended",
        properties: { engaged_ms: 900 },
      }),
      inSession("two", { userId: "bob", ...acme }),
    );
    await count(collector);
    const late = new Date(collector.now - DAY_MS).toISOString();
    await collector.send(
      inSession("one", { type: "identify", userId: "ann", anonymousId: "visitor" }),
      inSession("one", { userId: "ann", ...acme }),
      inSession("two", { userId: "bob", ...acme, timestamp: late }),
      { type: "track", event: "Without a session", userId: "bob", ...acme },
    );
    await count(collector);
    await collector.send(inSession("one", { anonymousId: "visitor" }));
    await count(collector);
    await countSessions(test.database.sql, collector.now);
    const sessions = await stored(projectId);
    expect(sessions).toMatchObject([
      { user_id: "ann", session_id: "one", event_count: 4, engaged_ms: 900 },
      { user_id: "bob", session_id: "two", event_count: 2, started_at: new Date(late) },
    ]);
    expect(sessions).toEqual(await recount(projectId));
  });

  it("count what was replayed from the quarantine long after it came in", async () => {
    const collector = await createLaterCollector();
    const { projectId } = collector;
    const message = inSession("one", { userId: "ann", timestamp: "soon" });
    await collector.call("POST", "/v1/batch", { batch: [message] });
    await count(collector);
    const payload = JSON.stringify({ ...message, timestamp: new Date(start).toISOString() });
    const [row] = await test.database.sql`
      UPDATE rejected_messages SET payload = ${payload} WHERE project_id = ${projectId} RETURNING id`;
    await collector.call("POST", `/v1/rejected-messages/${row?.id}/replay`);
    await count(collector);
    expect(await stored(projectId)).toMatchObject([{ session_id: "one", event_count: 1 }]);
    expect(await stored(projectId)).toEqual(await recount(projectId));
  });

  it("are listed by account, page by page, the newest first", async () => {
    const collector = await createLaterCollector();
    for (const [age, name] of ["newest", "middle", "oldest"].entries()) {
      const timestamp = new Date(collector.now - age * MINUTE_MS).toISOString();
      await collector.send(
        inSession(name, { userId: "ann", timestamp, context: { groupId: "acme" } }),
      );
    }
    await count(collector);
    const seen: string[] = [];
    for (let cursor = ""; cursor !== null; ) {
      const path = `/v1/accounts/acme/sessions?limit=2&cursor=${cursor}`;
      const page = await (await collector.call("GET", path)).json();
      seen.push(...page.data.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(["newest", "middle", "oldest"]);
    const other = await createTestCollector(test.database);
    expect((await other.call("GET", "/v1/accounts/acme/sessions")).status).toBe(404);
  });

  it("are exported and erased with their person", async () => {
    const collector = await createLaterCollector();
    await collector.send(
      inSession("one", { userId: "eve", context: { groupId: "acme" } }),
      inSession("two", { userId: "bob", context: { groupId: "acme" } }),
    );
    await count(collector);
    const exported = await (await collector.call("GET", "/v1/users/eve")).json();
    expect(exported.sessions).toMatchObject([{ session_id: "one", event_count: 1 }]);
    const erased = await (await collector.call("DELETE", "/v1/users/eve")).json();
    expect(erased.erased.sessions).toBe(1);
    expect(await stored(collector.projectId)).toMatchObject([{ user_id: "bob" }]);
  });

  it("go when their project's retention ends", async () => {
    const settings = { retentionDays: 31 };
    const collector = await createLaterCollector(settings);
    await collector.send(inSession("one", { userId: "ann", context: { groupId: "acme" } }));
    await count(collector);
    const projects = [{ id: collector.projectId, name: "", timeZone: "UTC", settings }];
    await applyRetention(test.database.sql, projects, collector.now + 20 * DAY_MS);
    expect(await stored(collector.projectId)).toHaveLength(1);
    await applyRetention(test.database.sql, projects, collector.now + 40 * DAY_MS);
    expect(await stored(collector.projectId)).toEqual([]);
  });

  it("are not removed while they are counted, which locks them in another order", async () => {
    const { sql } = test.database;
    const settings = { retentionDays: 31 };
    const collector = await createLaterCollector(settings);
    const { projectId } = collector;
    const users = ["ann", "bob"];
    await collector.send(...users.map((userId) => inSession("one", { userId })));
    await count(collector);
    const projects = [{ id: projectId, name: "", timeZone: "UTC", settings }];
    let retiring: Promise<unknown> | undefined;
    await sql.begin(async (tx) => {
      await lockSessions(tx);
      const grow = (userId: string) => tx`
        UPDATE sessions SET event_count = event_count + 1
        WHERE project_id = ${projectId} AND user_id = ${userId}`;
      await grow("bob");
      const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      retiring = applyRetention(sql, projects, collector.now + 40 * DAY_MS);
      await expect.poll(() => findWaiting(sql, pid), { timeout: 10_000 }).toHaveLength(1);
      await grow("ann");
    });
    await retiring;
    expect(await stored(projectId)).toEqual([]);
  });
});
