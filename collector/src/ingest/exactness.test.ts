import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, inject, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { recountUsage } from "../operations/recount-usage.ts";

const test = useTestDatabase();
const NOW = Date.parse("2026-06-15T12:00:00Z");
/** A cluster needs milliseconds for a statement. */
const RUNS_SHARE = inject("workerUrls").length > 0 ? 0.25 : 1;

const users = fc.constantFrom("ann", "bob", "cy");
const visitors = fc.constantFrom("v1", "v2", "v3");
const accounts = fc.constantFrom("acme", "bolt");
const times = fc
  .integer({ min: 0, max: 40 * 24 })
  .map((hours) => new Date(NOW - hours * 3_600_000).toISOString());
const events = fc.constantFrom("Opened", "Closed", "Feature Used");

/** Messages as they come in life: known and unknown people, with and without an account, at any time. */
const message = fc.oneof(
  fc
    .record({
      userId: fc.option(users, { nil: undefined }),
      anonymousId: visitors,
      event: events,
      account: fc.option(accounts, { nil: undefined }),
      timestamp: times,
      engaged: fc.nat(5_000),
    })
    .map(({ account, engaged, ...rest }) => ({
      type: "track",
      ...rest,
      properties: { feature: "export", engaged_ms: engaged },
      context: account === undefined ? {} : { groupId: account },
    })),
  fc
    .record({
      userId: users,
      anonymousId: fc.option(visitors, { nil: undefined }),
      timestamp: times,
    })
    .map((rest) => ({ type: "identify", traits: { role: rest.timestamp }, ...rest })),
  fc
    .record({ userId: users, groupId: accounts, timestamp: times, plan: fc.constantFrom("a", "b") })
    .map(({ plan, ...rest }) => {
      const traits = { plan, name: rest.timestamp, external_ids: { [plan]: rest.timestamp } };
      return { type: "group", traits, ...rest };
    }),
  fc
    .record({ userId: users, previousId: visitors, timestamp: times })
    .map((rest) => ({ type: "alias", ...rest })),
  fc
    .record({ anonymousId: visitors, name: fc.constant("Home"), timestamp: times })
    .map((rest) => ({ type: "page", ...rest })),
);

describe("daily usage", () => {
  it("equals a recount of the raw events after any messages in any order", {
    timeout: 60_000,
  }, async () => {
    const { sql } = test.database;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(message, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 8 }),
        fc.constantFrom("UTC", "Pacific/Auckland", "America/Los_Angeles"),
        async (batches, timeZone) => {
          const collector = await createTestCollector(test.database, { now: NOW, timeZone });
          const withIds = batches.map((batch) => batch.map((one) => ({ ...one, messageId: v7() })));
          await Promise.all(withIds.map((batch) => collector.send(...batch)));
          // Retries change nothing.
          await Promise.all(withIds.map((batch) => collector.send(...batch)));
          const { projectId } = collector;
          expect(await recountUsage(sql, { projectId })).toEqual([]);
          const [stored] = await sql`
            SELECT count(*)::int AS count FROM events WHERE project_id = ${projectId}`;
          expect(stored?.count).toBe(withIds.flat().length);
        },
      ),
      { numRuns: 40 * RUNS_SHARE },
    );
  });

  it("says of people and accounts the same, whether messages come together or one by one", {
    timeout: 60_000,
  }, async () => {
    const { sql } = test.database;
    const readFacts = async ({ projectId }: { projectId: string }) => [
      await sql`SELECT account_id, name, traits, trait_times, external_ids FROM accounts
        WHERE project_id = ${projectId} ORDER BY 1`,
      await sql`SELECT user_id, traits, trait_times, account_id, first_account_id, account_since
        FROM users WHERE project_id = ${projectId} ORDER BY 1`,
      await sql`SELECT anonymous_id, user_id FROM user_aliases
        WHERE project_id = ${projectId} ORDER BY 1`,
      await sql`SELECT owner_kind, owner_id, trait, changed_at, value FROM trait_changes
        WHERE project_id = ${projectId} ORDER BY 1, 2, 3, 4`,
      await sql`SELECT message_id, user_id, account_id FROM events
        WHERE project_id = ${projectId} ORDER BY 1`,
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 2, maxLength: 16 }), async (messages) => {
        const [together, alone] = [
          await createTestCollector(test.database, { now: NOW }),
          await createTestCollector(test.database, { now: NOW }),
        ];
        const withIds = messages.map((one) => ({ ...one, messageId: v7() }));
        await together.send(...withIds);
        for (const one of withIds) await alone.send(one);
        expect(await readFacts(together)).toEqual(await readFacts(alone));
      }),
      { numRuns: 8 * RUNS_SHARE },
    );
  });

  it("takes an older message's account neither for the user's nor for that of what follows", async () => {
    const { sql } = test.database;
    const collector = await createTestCollector(test.database, { now: NOW });
    const group = { type: "group", userId: "ann" };
    await collector.send(
      { ...group, groupId: "acme", timestamp: "2026-06-15T10:00:00Z" },
      { ...group, groupId: "bolt", timestamp: "2026-06-15T09:00:00Z" },
      { type: "identify", userId: "ann", timestamp: "2026-06-15T11:00:00Z" },
    );
    const rows = await sql`
      SELECT users.account_id, events.account_id AS identified FROM users
      JOIN events USING (project_id, user_id)
      WHERE users.project_id = ${collector.projectId} AND events.type = 'identify'`;
    expect([...rows]).toEqual([{ account_id: "acme", identified: "acme" }]);
  });

  it("takes a login that names no account for no news of the user's account", async () => {
    const { sql } = test.database;
    const collector = await createTestCollector(test.database, { now: NOW });
    const group = { type: "group", userId: "ann" };
    await collector.send({ ...group, groupId: "acme", timestamp: "2026-06-15T09:00:00Z" });
    await collector.send({ type: "identify", userId: "ann", timestamp: "2026-06-15T11:00:00Z" });
    await collector.send({ ...group, groupId: "bolt", timestamp: "2026-06-15T10:00:00Z" });
    const rows = await sql`
      SELECT account_id, account_since FROM users WHERE project_id = ${collector.projectId}`;
    expect([...rows]).toEqual([
      { account_id: "bolt", account_since: new Date("2026-06-15T10:00:00Z") },
    ]);
  });

  it("gives an anonymous visitor's past to the user it becomes, and to that user's account", async () => {
    const { sql } = test.database;
    const collector = await createTestCollector(test.database, { now: NOW });
    const day = (age: number) => new Date(NOW - age * DAY_MS).toISOString();
    await collector.send(
      { type: "track", event: "Opened", anonymousId: "v1", timestamp: day(5) },
      { type: "track", event: "Opened", anonymousId: "v1", timestamp: day(4) },
    );
    await collector.send({ type: "identify", userId: "ann", anonymousId: "v1", timestamp: day(3) });
    await collector.send({ type: "group", userId: "ann", groupId: "acme", timestamp: day(2) });
    const rows = await sql`
      SELECT account_id, user_id, sum(count)::int AS count FROM daily_usage
      WHERE project_id = ${collector.projectId} GROUP BY 1, 2`;
    expect([...rows]).toEqual([{ account_id: "acme", user_id: "ann", count: 2 }]);
    const [queued] = await sql`
      SELECT reopen_from::text FROM rescore_queue
      WHERE project_id = ${collector.projectId} AND account_id = 'acme'`;
    expect(queued?.reopen_from).toBe("2026-06-10");
  });

  it("shows what differs, so that a recount can fail", async () => {
    const { sql } = test.database;
    const collector = await createTestCollector(test.database, { now: NOW });
    const { projectId } = collector;
    await collector.send({
      type: "track",
      event: "Opened",
      userId: "ann",
      timestamp: "2026-06-01",
    });
    await sql`UPDATE daily_usage SET count = 2 WHERE project_id = ${projectId}`;
    expect(await recountUsage(sql, { projectId })).toMatchObject([{ count: 2, recount: 1 }]);
    expect(await recountUsage(sql, { projectId, fromDay: "2026-06-02" })).toEqual([]);
    await sql`DELETE FROM daily_usage WHERE project_id = ${projectId}`;
    expect(await recountUsage(sql, { projectId })).toMatchObject([{ count: 0, recount: 1 }]);
  });

  it("takes an import of any age, and corrects and bounds a browser's clock", async () => {
    const { sql } = test.database;
    const collector = await createTestCollector(test.database, { now: NOW });
    await collector.send({ type: "track", event: "Old", userId: "ann", timestamp: "2016-02-29" });
    const body = {
      sentAt: new Date(NOW - 400 * DAY_MS).toISOString(),
      batch: [
        {
          type: "track",
          event: "Skewed",
          userId: "ann",
          timestamp: new Date(NOW - 400 * DAY_MS - 60_000).toISOString(),
        },
        { type: "track", event: "Absurd", userId: "ann", timestamp: "2001-01-01T00:00:00Z" },
      ],
    };
    const response = await collector.app.request("/v1/batch", {
      method: "POST",
      headers: { authorization: `Bearer ${collector.writeKey}` },
      body: JSON.stringify(body),
    });
    expect(await response.json()).toMatchObject({ accepted: 2 });
    const rows = await sql`
      SELECT event, occurred_at, context->>'clampedFrom' AS clamped_from FROM events
      WHERE project_id = ${collector.projectId} ORDER BY event`;
    expect(rows.map((row) => [row.event, row.occurred_at.toISOString(), row.clamped_from])).toEqual(
      [
        ["Absurd", new Date(NOW - 7 * DAY_MS).toISOString(), "2001-01-01T00:00:00Z"],
        ["Old", "2016-02-29T00:00:00.000Z", null],
        ["Skewed", new Date(NOW - 60_000).toISOString(), null],
      ],
    );
  });
});

describe("traits", () => {
  const say = async (order: { day: number; traits: object }[]) => {
    const collector = await createTestCollector(test.database, { now: NOW });
    for (const { day, traits } of order) {
      const timestamp = new Date(Date.UTC(2026, 3, day)).toISOString();
      await collector.send({ type: "group", userId: "ann", groupId: "acme", traits, timestamp });
    }
    return collector.projectId;
  };

  it("end the same in whatever order they are told", { timeout: 60_000 }, async () => {
    const told = fc.uniqueArray(
      fc.record({
        day: fc.integer({ min: 1, max: 28 }),
        traits: fc.dictionary(fc.constantFrom("plan", "seats", "name"), fc.nat(3).map(String), {
          minKeys: 1,
        }),
      }),
      { selector: ({ day }) => day, minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(told, async (said) => {
        const inOrder = [...said].sort((a, b) => a.day - b.day);
        const expected = Object.assign({}, ...inOrder.map(({ traits }) => traits));
        const projectId = await say(said);
        const [account] = await test.database.sql`
          SELECT name, traits FROM accounts WHERE project_id = ${projectId}`;
        expect(account).toEqual({ name: expected.name ?? null, traits: expected });
      }),
      { numRuns: 25 },
    );
  });

  it("keep their history, also where a message comes late", async () => {
    const projectId = await say([
      { day: 1, traits: { plan: "free" } },
      { day: 5, traits: { plan: "free" } },
      { day: 9, traits: { plan: "pro" } },
      { day: 20, traits: { plan: "pro" } },
      { day: 12, traits: { plan: "team" } },
    ]);
    const rows = await test.database.sql`
      SELECT extract(day FROM changed_at AT TIME ZONE 'UTC')::int AS day, value FROM trait_changes
      WHERE project_id = ${projectId} ORDER BY changed_at`;
    expect(rows.map(({ day, value }) => [day, value])).toEqual([
      [1, "free"],
      [9, "pro"],
      [12, "team"],
      [20, "pro"],
    ]);
  });
});
