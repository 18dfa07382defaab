import type { BatchResponse } from "@telltale/protocol";
import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, inject, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { withPort } from "../../test/server.ts";
import { applyRetention } from "../operations/apply-retention.ts";
import { recountUsage } from "../operations/recount-usage.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { timeOfKey } from "./message-key.ts";

const test = useTestDatabase();
const NOW = Date.parse("2026-06-15T12:00:00Z");
const RETENTION_DAYS = 365;
/** A cluster needs milliseconds for a statement. */
const RUNS_SHARE = inject("workerUrls").length > 0 ? 0.25 : 1;

const create = (): Promise<TestCollector> =>
  createTestCollector(test.database, {
    now: NOW,
    settings: { retentionDays: RETENTION_DAYS, rateLimits: { perAddressPerSecond: 1_000_000 } },
  });

/** What a client whose clock is `skewMs` ahead makes of an event of this moment. */
function track(at: number, skewMs: number) {
  const ms = at + skewMs;
  return {
    type: "track",
    event: "Opened",
    userId: "ann",
    context: { groupId: "acme" },
    messageId: v7({ msecs: ms }),
    timestamp: new Date(ms).toISOString(),
  };
}

type Message = ReturnType<typeof track>;

/** Sends it through a real socket, as a browser would. */
async function send(
  url: string,
  { writeKey }: TestCollector,
  message: Message,
  sentAt?: number,
): Promise<BatchResponse> {
  const response = await fetch(`${url}/v1/batch?writeKey=${writeKey}`, {
    method: "POST",
    body: JSON.stringify({
      batch: [message],
      ...(sentAt !== undefined && { sentAt: new Date(sentAt).toISOString() }),
    }),
  });
  return (await response.json()) as BatchResponse;
}

async function read({ projectId }: TestCollector, { messageId }: Message) {
  const rows = await test.database.sql<{ id: string; at: Date }[]>`
    SELECT event_id AS id, occurred_at AS at FROM events
    WHERE project_id = ${projectId} AND message_id = ${messageId}`;
  return rows.map(({ id, at }) => ({ id, at: at.getTime() }));
}

describe("a browser's clock that is wrong", () => {
  it.each([
    ["10 minutes behind", -600_000],
    ["2 days behind", -2 * DAY_MS],
    ["400 days behind", -400 * DAY_MS],
    ["10 years behind", -3_650 * DAY_MS],
    ["at the beginning of all clocks", 60_000 - NOW],
    ["10 minutes ahead", 600_000],
    ["2 days ahead", 2 * DAY_MS],
    ["400 days ahead", 400 * DAY_MS],
    ["10 years ahead", 3_650 * DAY_MS],
  ])("keeps no event out and counts none twice: %s", async (_, skewMs) => {
    const collector = await create();
    await withPort(collector, async (url) => {
      const [bare, corrected] = [track(NOW - 30_000, skewMs), track(NOW - 30_000, skewMs)];
      expect(await send(url, collector, bare)).toMatchObject({ accepted: 1, rejected: [] });
      const first = await send(url, collector, corrected, NOW + skewMs);
      expect(first).toMatchObject({ accepted: 1, rejected: [] });
      const [row] = await read(collector, corrected);
      expect(row?.at).toBe(NOW - 30_000);
      // The clock is set right, and the same comes again: soon, and much later.
      for (const later of [60_000, 20 * DAY_MS, 300 * DAY_MS]) {
        collector.now = NOW + later;
        for (const message of [bare, corrected]) {
          const again = await send(url, collector, message, collector.now);
          expect(again).toMatchObject({ accepted: 0, duplicates: 1, rejected: [] });
        }
      }
    });
    expect(await recountUsage(test.database.sql, collector)).toEqual([]);
  });

  it("far behind does not decide where an event lies, nor how long it is kept", async () => {
    const collector = await create();
    const project = (await findProject(test.database.sql, collector.projectId)) as Project;
    const message = track(NOW, -364 * DAY_MS);
    await withPort(collector, async (url) => {
      await send(url, collector, message, NOW - 364 * DAY_MS);
      const [row] = await read(collector, message);
      expect(timeOfKey(row?.id ?? "")).toBe(NOW);
      await applyRetention(test.database.sql, [project], NOW + 300 * DAY_MS);
      expect(await read(collector, message)).toHaveLength(1);
      await applyRetention(test.database.sql, [project], NOW + 367 * DAY_MS);
      expect(await read(collector, message)).toEqual([]);
    });
  });

  it("years ahead does not keep an event longer than its project wants", async () => {
    const collector = await create();
    const project = (await findProject(test.database.sql, collector.projectId)) as Project;
    const message = track(NOW, 3_650 * DAY_MS);
    await withPort(collector, (url) => send(url, collector, message, NOW + 3_650 * DAY_MS));
    await applyRetention(test.database.sql, [project], NOW + 300 * DAY_MS);
    expect(await read(collector, message)).toHaveLength(1);
    await applyRetention(test.database.sql, [project], NOW + 367 * DAY_MS);
    expect(await read(collector, message)).toEqual([]);
  });

  it("leaves the id of what is a few days late as its key", async () => {
    const collector = await create();
    const late = track(NOW - 6 * DAY_MS, 0);
    await withPort(collector, async (url) => {
      expect(await send(url, collector, late, NOW)).toMatchObject({ accepted: 1 });
    });
    expect(await read(collector, late)).toEqual([{ id: late.messageId, at: NOW - 6 * DAY_MS }]);
  });

  it("finds the first copy although the id has become too old to be a key meanwhile", async () => {
    const collector = await create();
    const message = track(NOW, 0);
    await withPort(collector, async (url) => {
      expect(await send(url, collector, message, NOW)).toMatchObject({ accepted: 1 });
      for (const days of [6.9, 7.1, 30]) {
        collector.now = NOW + days * DAY_MS;
        const upper = { ...message, messageId: message.messageId.toUpperCase() };
        for (const copy of [message, upper]) {
          const again = await send(url, collector, copy, collector.now);
          expect(again).toMatchObject({ accepted: 0, duplicates: 1 });
        }
      }
    });
  });

  it("finds what came again, and was stored, before its first copy was tried once more", async () => {
    const collector = await create();
    const message = track(NOW, 0);
    await collector.call("PATCH", "/v1/project", { identity: "enforce" });
    await withPort(collector, async (url) => {
      await send(url, collector, message, NOW);
      await collector.call("PATCH", "/v1/project", { identity: "off" });
      collector.now = NOW + 8 * DAY_MS;
      const again = await send(url, collector, message, collector.now);
      expect(again).toMatchObject({ accepted: 1 });
    });
    const list = await (await collector.call("GET", "/v1/rejected-messages")).json();
    const path = `/v1/rejected-messages/${list.data[0]?.id}/replay`;
    const replay = await (await collector.call("POST", path)).json();
    expect(replay).toEqual({ outcome: "duplicate" });
  });

  it("takes a history's ids as they are: its times are trusted", async () => {
    const collector = await create();
    const old = track(NOW, -300 * DAY_MS);
    await collector.send(old);
    expect(await read(collector, old)).toEqual([{ id: old.messageId, at: NOW - 300 * DAY_MS }]);
  });

  it("stores nothing again that its owner imports later", async () => {
    const collector = await create();
    const { projectId } = collector;
    const message = track(NOW, -20 * DAY_MS);
    await withPort(collector, async (url) => {
      expect(await send(url, collector, message)).toMatchObject({ accepted: 1 });
    });
    const upper = { ...message, messageId: message.messageId.toUpperCase() };
    const batch = [message, track(NOW, -30 * DAY_MS), upper];
    const answer = await collector.call("POST", "/v1/batch", { batch });
    expect(await answer.json()).toMatchObject({ accepted: 1, duplicates: 2, rejected: [] });
    expect(await read(collector, message)).toHaveLength(1);
    expect(await recountUsage(test.database.sql, { projectId })).toEqual([]);
  });

  it("never makes two of one, however it comes again while it is kept", {
    timeout: 60_000,
  }, async () => {
    const collector = await create();
    const project = (await findProject(test.database.sql, collector.projectId)) as Project;
    const clock = fc.oneof(
      fc.integer({ min: -4_000, max: 4_000 }),
      fc.constantFrom(-8, -7, -6, -1, 0, 1, 6, 7, 8),
    );
    const tries = fc.array(
      fc.record({
        days: fc.integer({ min: 0, max: RETENTION_DAYS - 8 }),
        isSetRight: fc.boolean(),
        hasSentAt: fc.boolean(),
        copies: fc.constantFrom(1, 2),
      }),
      { minLength: 2, maxLength: 6 },
    );
    await withPort(collector, (url) =>
      fc.assert(
        fc.asyncProperty(clock, tries, async (skewDays, comings) => {
          const skewMs = skewDays * DAY_MS;
          const message = track(NOW, skewMs);
          for (const coming of comings.sort((a, b) => a.days - b.days)) {
            collector.now = NOW + coming.days * DAY_MS;
            await applyRetention(test.database.sql, [project], collector.now);
            const sentAt = collector.now + (coming.isSetRight ? 0 : skewMs);
            const copies = Array.from({ length: coming.copies }, () =>
              send(url, collector, message, coming.hasSentAt ? sentAt : undefined),
            );
            for (const { rejected } of await Promise.all(copies)) expect(rejected).toEqual([]);
          }
          expect(await read(collector, message)).toHaveLength(1);
        }),
        { numRuns: 60 * RUNS_SHARE },
      ),
    );
    expect(await recountUsage(test.database.sql, collector)).toEqual([]);
  });
});
