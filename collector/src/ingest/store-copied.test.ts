import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { recountUsage } from "../operations/recount-usage.ts";
import { createDayFinder } from "./day-finder.ts";
import type { NewEvent } from "./new-event.ts";
import { parseMessage } from "./parse-message.ts";
import { createSeenCache } from "./seen-cache.ts";
import { createCopiedStore } from "./store-copied.ts";
import { createPlainStore } from "./store-plain.ts";

const test = useTestDatabase();
const NOW = Date.parse("2026-06-15T12:00:00Z");

/** The quick way, and how often it was left for the exact one. */
async function createStores(timeZone = "UTC") {
  const { sql, bulk } = test.database;
  if (!bulk) throw new Error("the test database is reached by both drivers");
  const { projectId, call } = await createTestCollector(test.database, { now: NOW, timeZone });
  const seen = createSeenCache();
  const clock = () => NOW;
  const deps = { sql, seen, days: createDayFinder(sql), clock };
  const plain = createPlainStore(deps);
  let detours = 0;
  const store = createCopiedStore({
    bulk,
    ...deps,
    exact: (events) => {
      detours += 1;
      return plain(events);
    },
  });
  const toEvent = (given: Record<string, unknown>, isBot = false): NewEvent => {
    const message = { type: "track", event: "Opened", userId: "ann", messageId: v7(), ...given };
    const circumstances = { projectId, receivedAtMs: NOW, sentAtMs: undefined, isImport: true };
    const parsed = parseMessage(
      { context: { groupId: "acme" }, ...message },
      { ...circumstances, context: {}, isBot },
    );
    if ("fault" in parsed) throw new Error(parsed.fault.detail);
    return parsed.event;
  };
  const count = async () => {
    const rows = await sql`SELECT 1 FROM events WHERE project_id = ${projectId}`;
    return rows.length;
  };
  return { sql, projectId, call, store, toEvent, count, takeDetours: () => detours };
}

describe("the copied store", () => {
  it("stores what is new without a detour, and daily usage equals a recount", {
    timeout: 60_000,
  }, async () => {
    const given = fc.record({
      userId: fc.constantFrom("ann", "bob", "ünï — 😀", `long ${"x".repeat(60)}`),
      anonymousId: fc.option(fc.constantFrom("v1", "v2"), { nil: undefined }),
      context: fc.constantFrom({ groupId: "acme" }, { groupId: "bolt", sessionId: "s\t\\1" }),
      event: fc.constantFrom("Opened", "Closed", "Feature Used"),
      timestamp: fc.nat(40 * 24 * 60).map((min) => new Date(NOW - min * 60_000).toISOString()),
      properties: fc.record({ feature: fc.constant("export"), engaged_ms: fc.nat(9_000) }),
      isForeign: fc.boolean(),
      isBot: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(given, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("UTC", "Pacific/Auckland", "Asia/Kathmandu", "America/St_Johns"),
        async (groups, timeZone) => {
          const { sql, projectId, store, toEvent, count, takeDetours } =
            await createStores(timeZone);
          for (const group of groups) {
            const events = group.map(({ isForeign, isBot, ...one }) =>
              toEvent({ ...one, ...(isForeign && { messageId: `foreign ${v7()}` }) }, isBot),
            );
            expect(await store(events)).toEqual(events.map(() => "stored"));
          }
          expect(await count()).toBe(groups.flat().length);
          expect(await recountUsage(sql, { projectId })).toEqual([]);
          expect(takeDetours()).toBe(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("leaves a group with a duplicate to the exact way, which tells the one from the others", async () => {
    const { sql, projectId, store, toEvent, count, takeDetours } = await createStores();
    const [first, second, third] = [toEvent({}), toEvent({ messageId: "foreign" }), toEvent({})];
    await store([first, second]);
    const again = toEvent({ messageId: "foreign", timestamp: "2026-06-14T00:00:00Z" });
    expect(await store([again, third, third])).toEqual(["duplicate", "stored", "duplicate"]);
    expect(takeDetours()).toBe(1);
    expect(await count()).toBe(3);
    expect(await recountUsage(sql, { projectId })).toEqual([]);
  });

  it("takes the quick way again after a detour", async () => {
    const { store, toEvent, takeDetours } = await createStores();
    const known = toEvent({});
    await store([known]);
    const detoursOf = async (event: NewEvent) => {
      const before = takeDetours();
      await store([event]);
      return takeDetours() - before;
    };
    const seen: number[] = [];
    for (let times = 0; times < 3; times += 1) {
      // The quick way fails once, then the exact one is kept to for a while.
      seen.push(await detoursOf(known));
      let kept = 0;
      while ((await detoursOf(toEvent({}))) === 1) kept += 1;
      seen.push(kept);
    }
    expect(seen).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("keeps an erased person out, and everybody else in", async () => {
    const { call, store, toEvent, count } = await createStores();
    await store([toEvent({ userId: "ann" }), toEvent({ userId: "bob" })]);
    expect((await call("DELETE", "/v1/users/ann")).status).toBe(200);
    const late = [
      toEvent({ userId: "ann" }),
      toEvent({ userId: "bob" }),
      toEvent({ userId: "ann" }, true),
    ];
    expect(await store(late)).toEqual(["erased", "stored", "erased"]);
    expect(await store([toEvent({ userId: "ann" }, true)])).toEqual(["erased"]);
    expect(await count()).toBe(2);
  });

  it("cuts the days anew when the project moves to another time zone", async () => {
    const { sql, projectId, call, store, toEvent, takeDetours } = await createStores();
    const timestamp = new Date(NOW - DAY_MS / 4).toISOString();
    await store([toEvent({ timestamp })]);
    expect((await call("PATCH", "/v1/project", { timeZone: "Asia/Kathmandu" })).status).toBe(200);
    await store([toEvent({ timestamp, userId: "bob" })]);
    await store([toEvent({ timestamp, userId: "cy" })]);
    await store([toEvent({ timestamp, userId: "di" })]);
    expect(await recountUsage(sql, { projectId })).toEqual([]);
    expect(takeDetours()).toBe(2);
  });

  it("tells the day of each moment of a quarter of an hour that lies in two", async () => {
    const { sql, projectId, store, toEvent, takeDetours } = await createStores("Africa/Monrovia");
    // Until 1972 midnight was at 00:44:30 UTC there.
    const seconds = ["00:44:29Z", "00:44:31Z"];
    await store(seconds.map((time) => toEvent({ timestamp: `1971-06-15T${time}` })));
    await store(seconds.map((time) => toEvent({ timestamp: `1971-06-15T${time}` })));
    const days = await sql`
      SELECT day::text, count::int FROM daily_usage WHERE project_id = ${projectId} ORDER BY day`;
    expect([...days]).toEqual([
      { day: "1971-06-14", count: 2 },
      { day: "1971-06-15", count: 2 },
    ]);
    expect(takeDetours()).toBe(0);
  });

  it("opens past days again, as the exact way does", async () => {
    const { sql, projectId, store, toEvent } = await createStores();
    await store([toEvent({ timestamp: "2026-06-10T10:00:00Z" }), toEvent({})]);
    const [queued] = await sql`
      SELECT reopen_from::text AS day FROM rescore_queue
      WHERE project_id = ${projectId} AND account_id = 'acme'`;
    expect(queued?.day).toBe("2026-06-10");
  });
});
