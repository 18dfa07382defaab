import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

describe("history, explanation and replay", () => {
  let collector: TestCollector;

  const track = (daysAgo: number, userId: string) => ({
    type: "track",
    event: "Feature Used",
    properties: { feature: `feature-${daysAgo % 3}` },
    userId,
    context: { groupId: "acme" },
    timestamp: new Date(collector.now - daysAgo * DAY_MS).toISOString(),
  });

  const day = (daysAgo: number) =>
    new Date(collector.now - daysAgo * DAY_MS).toISOString().slice(0, 10);

  const storedDay = async (of: string) => {
    const rows = await test.database.sql`
      SELECT score, input_hash, detail::text, sequence::int FROM scores
      WHERE project_id = ${collector.projectId} AND day = ${of}::text::date`;
    return rows[0];
  };

  beforeAll(async () => {
    collector = await createTestCollector(test.database, { timeZone: "America/New_York" });
    // Forty busy days, then ten with one user only.
    const busy = Array.from({ length: 40 }, (_, i) => [track(i + 10, "ann"), track(i + 10, "bob")]);
    const quiet = Array.from({ length: 10 }, (_, i) => track(i, "ann"));
    await collector.send(...busy.flat(), ...quiet);
    await collector.settle();
    for (const daysAgo of [20, 10, 1]) {
      const response = await collector.call("POST", "/v1/score", { asOf: day(daysAgo) });
      expect(await response.json()).toEqual({ day: day(daysAgo), scored: 1, unchanged: 0 });
    }
  });

  it("scores a past day again to the same bits", async () => {
    const before = await storedDay(day(10));
    const response = await collector.call("POST", "/v1/score", { asOf: day(10) });
    expect(await response.json()).toEqual({ day: day(10), scored: 1, unchanged: 1 });
    expect(await storedDay(day(10))).toEqual(before);
  });

  it("scores the past by the norms of then, after the norms have moved", async () => {
    const before = await storedDay(day(20));
    await test.database.sql`
      INSERT INTO norms_snapshots
      SELECT project_id, 'later', model_version, ${new Date(collector.now).toISOString()}::timestamptz,
        norms FROM norms_snapshots WHERE project_id = ${collector.projectId} LIMIT 1`;
    await collector.call("POST", "/v1/score", { asOf: day(20) });
    expect(await storedDay(day(20))).toEqual(before);
  });

  it("makes the scores of a day again when a late event changes it", async () => {
    const before = await storedDay(day(1));
    const older = await storedDay(day(20));
    await collector.send(...Array.from({ length: 30 }, () => track(5, "cid")));
    await collector.settle();
    const after = await storedDay(day(1));
    expect(after?.input_hash).not.toBe(before?.input_hash);
    expect(after?.score).not.toBe(before?.score);
    expect(await storedDay(day(20))).toEqual(older);
  });

  it("scores a past day with the seats and plan of then, after they changed", async () => {
    const before = await storedDay(day(20));
    const said = (daysAgo: number, traits: object) => ({
      type: "group",
      groupId: "acme",
      userId: "ann",
      traits,
      timestamp: new Date(collector.now - daysAgo * DAY_MS).toISOString(),
    });
    await collector.send(said(3, { seats: 40, plan: "pro" }));
    await collector.settle();
    await collector.call("POST", "/v1/score", { asOf: day(20) });
    expect(await storedDay(day(20))).toEqual(before);
    const response = await collector.call("POST", "/v1/score", { asOf: day(2) });
    expect(await response.json()).toEqual({ day: day(2), scored: 1, unchanged: 0 });
    const standing = await storedDay(day(2));
    await collector.send(said(1, { seats: 3, plan: "free" }));
    await collector.settle();
    const again = await collector.call("POST", "/v1/score", { asOf: day(2) });
    expect(await again.json()).toEqual({ day: day(2), scored: 1, unchanged: 1 });
    expect(await storedDay(day(2))).toEqual(standing);
  });

  it("gives the history of a span, oldest first", async () => {
    const path = `/v1/accounts/acme/health/history?from=${day(30)}&to=${day(1)}`;
    const { data, tierChanges } = await (await collector.call("GET", path)).json();
    expect(data.map((row: { day: string }) => row.day)).toEqual([day(20), day(10), day(2), day(1)]);
    expect(tierChanges).toBe(new Set(data.map((row: { tier: string }) => row.tier)).size - 1);
  });

  it("takes a moment for its day, as clients that write dates send it", async () => {
    const history = async (from: string, to: string) => {
      const path = `/v1/accounts/acme/health/history?from=${from}&to=${to}`;
      return (await collector.call("GET", path)).json();
    };
    const midday = `${day(2)}T12:00:00.000Z`;
    expect(await history(`${day(30)}T00:00:00Z`, midday)).toEqual(await history(day(30), day(2)));
    const scored = await collector.call("POST", "/v1/score", { asOf: midday });
    expect(await scored.json()).toEqual({ day: day(2), scored: 1, unchanged: 1 });
    const wrong = await collector.call("POST", "/v1/score", { asOf: "2026-02-30T12:00:00Z" });
    expect((await wrong.json()).errors).toEqual([
      {
        pointer: "/asOf",
        detail: "must be ISO 8601, for instance 2026-01-31 or 2026-01-31T12:00:00Z",
      },
    ]);
  });

  it("lists the days with far more use than usual, and what they count for", async () => {
    const acme = (query = "") => collector.call("GET", `/v1/accounts/acme/usage-spikes${query}`);
    // The thirty late uses of one day; two a day are usual, and then one.
    const found = [{ day: day(5), uses: 31, countedAs: 4.5 }];
    expect(await (await acme()).json()).toEqual({ data: found });
    expect(await (await acme(`?from=${day(5)}`)).json()).toEqual({ data: found });
    expect(await (await acme(`?from=${day(4)}`)).json()).toEqual({ data: [] });
    expect((await collector.call("GET", "/v1/accounts/nobody/usage-spikes")).status).toBe(404);
  });

  it("takes a change apart into parts that sum to it", async () => {
    const path = `/v1/accounts/acme/health/explanation?from=${day(10)}&to=${day(0)}`;
    const response = await collector.call("GET", path);
    const change = await response.json();
    expect(response.status).toBe(200);
    expect(Math.abs(change.delta)).toBeGreaterThan(1);
    const sum = change.parts.reduce((all: number, one: { points: number }) => all + one.points, 0);
    expect(sum).toBeCloseTo(change.delta, 9);
    expect(change.to - change.from).toBeCloseTo(change.delta, 9);
  });

  it("refuses a day to come, naming the field", async () => {
    const response = await collector.call("POST", "/v1/score", { asOf: day(-3) });
    expect(response.status).toBe(400);
    expect((await response.json()).errors[0].pointer).toBe("/asOf");
  });

  it("scores a past day by the rules that a segment had then", async () => {
    const save = (rules: object[]) =>
      collector.call("POST", "/v1/segments", { key: "big", name: "Big", rules });
    const seats = (bound: number) => [{ trait: "seats", operator: "at_least", value: bound }];
    await save(seats(2));
    collector.now += 2 * DAY_MS;
    const then = day(1);
    await collector.call("POST", "/v1/score", { asOf: then });
    const before = await storedDay(then);
    const again = async () => {
      await collector.settle();
      return (await collector.call("POST", "/v1/score", { asOf: then })).json();
    };
    await save(seats(1_000));
    expect(await again()).toEqual({ day: then, scored: 1, unchanged: 1 });
    expect((await collector.call("DELETE", "/v1/segments/big")).status).toBe(204);
    expect(await again()).toEqual({ day: then, scored: 1, unchanged: 1 });
    await save(seats(5));
    expect(await again()).toEqual({ day: then, scored: 1, unchanged: 1 });
    expect(await storedDay(then)).toEqual(before);
  });
});
