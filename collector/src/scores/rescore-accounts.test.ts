import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { findWaiting } from "../../test/find-waiting.ts";
import {
  type ClaimedRescore,
  claimRescores,
  completeRescores,
  releaseRescores,
} from "./rescore-queue.ts";

const test = useTestDatabase();
/** A lock is looked for longer than a busy machine takes. */
const PATIENT = { timeout: 10_000 };

const track = (collector: TestCollector, ageDays: number, rest: object = {}) => ({
  type: "track",
  event: "Report Opened",
  userId: "ann",
  context: { groupId: "acme" },
  timestamp: new Date(collector.now - ageDays * DAY_MS).toISOString(),
  ...rest,
});

describe("rescoring", () => {
  let collector: TestCollector;

  beforeEach(async () => {
    await test.database.sql`TRUNCATE rescore_queue`;
    collector = await createTestCollector(test.database);
    await collector.send(...Array.from({ length: 40 }, (_, age) => track(collector, age)));
    await collector.settle();
  });

  const rowsOf = (projectId: string) => test.database.sql<
    { day: string; score: number; sequence: number; model: string; norms: string }[]
  >`SELECT day::text, score, sequence::int, model_version AS model, norms_version AS norms
    FROM scores WHERE project_id = ${projectId} ORDER BY day`;

  it("keeps one row a day that names model and norms", async () => {
    await collector.send(track(collector, 0));
    await collector.settle();
    collector.now += DAY_MS;
    await collector.send(track(collector, 0));
    await collector.settle();
    const rows = await rowsOf(collector.projectId);
    expect(rows.map((row) => row.day)).toEqual(["2026-06-15", "2026-06-16"]);
    expect(rows.every((row) => row.model !== "" && row.norms !== "")).toBe(true);
  });

  it("gives the same score for the same facts, and then no new sequence", async () => {
    const [before] = await rowsOf(collector.projectId);
    await test.database.sql`
      INSERT INTO rescore_queue VALUES (${collector.projectId}, 'acme', now())`;
    await collector.settle();
    const [after] = await rowsOf(collector.projectId);
    expect(after).toEqual(before);
  });

  it("gives a lower score when use stops, with a larger sequence", async () => {
    const [before] = await rowsOf(collector.projectId);
    collector.now += 25 * DAY_MS;
    await test.database.sql`
      INSERT INTO rescore_queue VALUES (${collector.projectId}, 'acme', now())`;
    await collector.settle();
    const after = (await rowsOf(collector.projectId)).at(-1);
    expect(after?.score).toBeLessThan((before?.score ?? 0) - 10);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
  });

  describe("while the history of an account is still arriving", () => {
    const days = (from: number, to: number) =>
      Array.from({ length: from - to }, (_, at) =>
        track(collector, from - at, { context: { groupId: "late" } }),
      );
    const stateOf = async () => {
      const { tier, pendingTier, score } = await (
        await collector.call("GET", "/v1/accounts/late/health")
      ).json();
      return { tier, pendingTier, score };
    };

    it("takes a tier that was found on a part of it for no tier", async () => {
      await collector.send(...days(120, 60));
      await collector.settle();
      expect(await stateOf()).toMatchObject({ tier: "at_risk" });
      await collector.send(...days(60, 0));
      await collector.settle();
      const { tier, pendingTier, score } = await stateOf();
      expect(score).toBeGreaterThanOrEqual(70);
      expect({ tier, pendingTier }).toEqual({ tier: "healthy", pendingTier: undefined });
    });

    it("opens no alert for a tier that was found on a part of it", async () => {
      const alertsOf = async () => {
        const { data } = await (await collector.call("GET", "/v1/alerts?limit=200")).json();
        return data.filter((alert: { accountId: string }) => alert.accountId === "late");
      };
      await collector.send(...days(2, 0));
      await collector.settle();
      expect(await stateOf()).toMatchObject({ tier: "unknown" });
      await collector.send(...days(120, 100));
      await collector.settle();
      expect(await stateOf()).toMatchObject({ tier: "at_risk" });
      expect(await alertsOf()).toEqual([]);
      await collector.send(...days(100, 2));
      await collector.settle();
      expect(await stateOf()).toMatchObject({ tier: "healthy" });
      expect(await alertsOf()).toEqual([]);
    });

    it("asks for margin and notice as ever once a day has passed", async () => {
      await collector.send(...days(120, 60));
      await collector.settle();
      collector.now += 2 * DAY_MS;
      await collector.send(...days(60, 0));
      await collector.settle();
      const { tier, score } = await stateOf();
      expect(score).toBeGreaterThanOrEqual(70);
      expect(tier).toBe("at_risk");
    });
  });

  it("scores an account again when an event comes while a worker holds it", async () => {
    const { sql } = test.database;
    await collector.send(track(collector, 0));
    const now = new Date(collector.now).toISOString();
    const leaseUntil = new Date(collector.now + 60_000).toISOString();
    const claimed = await claimRescores(sql, { limit: 10, now, leaseUntil });
    expect(claimed).toHaveLength(1);
    await collector.send(track(collector, 0));
    const restUntil = new Date(collector.now + 1_000).toISOString();
    await completeRescores(sql, claimed, { leaseUntil, now, restUntil });
    expect(await claimRescores(sql, { limit: 10, now, leaseUntil })).toHaveLength(0);
    const later = new Date(collector.now + 1_001).toISOString();
    const again = await claimRescores(sql, { limit: 10, now: later, leaseUntil });
    expect(again).toHaveLength(1);
    await completeRescores(sql, again, { leaseUntil, now: later, restUntil });
    expect(await claimRescores(sql, { limit: 10, now: leaseUntil, leaseUntil })).toHaveLength(0);
  });

  it("lets busy accounts take turns with the others", async () => {
    const { sql } = test.database;
    const at = (ms: number) => new Date(collector.now + ms).toISOString();
    const touch = (ids: string[], ms: number) => sql`
      INSERT INTO rescore_queue (project_id, account_id, queued_at)
      SELECT ${collector.projectId}::uuid, id, ${at(ms)}::timestamptz
      FROM unnest(${ids}::text[]) AS id
      ON CONFLICT (project_id, account_id)
      DO UPDATE SET generation = rescore_queue.generation + 1`;
    await touch(["busy-1", "busy-2"], 0);
    await touch(["calm"], 1);
    const order: string[][] = [];
    for (let turn = 1; turn <= 2; turn++) {
      const [now, leaseUntil] = [at(turn * 2_000), at(turn * 2_000 + 60_000)];
      const claimed = await claimRescores(sql, { limit: 2, now, leaseUntil });
      order.push(claimed.map(({ accountId }) => accountId).sort());
      await touch(["busy-1", "busy-2"], turn * 2_000);
      const restUntil = at(turn * 2_000 + 1_000);
      await completeRescores(sql, claimed, { leaseUntil, now, restUntil });
    }
    expect(order[0]).toEqual(["busy-1", "busy-2"]);
    expect(order[1]).toContain("calm");
  });

  it("lets another worker have an account whose worker died, and the first one touches it no more", async () => {
    const { sql } = test.database;
    await collector.send(track(collector, 0));
    const at = (ms: number) => new Date(collector.now + ms).toISOString();
    const claim = (ms: number) =>
      claimRescores(sql, { limit: 10, now: at(ms), leaseUntil: at(ms + 60_000) });
    const end = (claimed: ClaimedRescore[], claimedAt: number) =>
      completeRescores(sql, claimed, {
        ...{ leaseUntil: at(claimedAt + 60_000), now: at(70_000), restUntil: at(71_000) },
      });
    const first = await claim(0);
    expect(first).toHaveLength(1);
    expect(await claim(30_000)).toHaveLength(0);
    const second = await claim(61_000);
    expect(second).toHaveLength(1);
    await end(first, 0);
    await releaseRescores(sql, first, at(60_000));
    expect(await claim(62_000)).toHaveLength(0);
    await end(second, 61_000);
    // An event after the end of the second turn starts to count again where both had begun.
    await collector.send(track(collector, 0));
    await end(first, 0);
    await end(second, 61_000);
    expect(await claim(62_000)).toHaveLength(1);
  });

  it("has an account back at once that is let go", async () => {
    const { sql } = test.database;
    await collector.send(track(collector, 0));
    const at = (ms: number) => new Date(collector.now + ms).toISOString();
    const claim = () => claimRescores(sql, { limit: 10, now: at(0), leaseUntil: at(60_000) });
    const claimed = await claim();
    expect(await claim()).toHaveLength(0);
    await releaseRescores(sql, claimed, at(60_000));
    expect(await claim()).toEqual(claimed);
  });

  it("waits for the account that has waited longest while an event of it is being stored", async () => {
    const { sql } = test.database;
    await collector.send(track(collector, 0));
    const now = new Date(collector.now).toISOString();
    const leaseUntil = new Date(collector.now + 60_000).toISOString();
    let claiming: Promise<ClaimedRescore[]> | undefined;
    await sql.begin(async (tx) => {
      await tx`SELECT 1 FROM rescore_queue FOR UPDATE`;
      const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      claiming = claimRescores(sql, { limit: 10, now, leaseUntil });
      await expect.poll(() => findWaiting(sql, pid), PATIENT).toHaveLength(1);
    });
    expect(await claiming).toMatchObject([{ accountId: "acme" }]);
  });

  it("shares the queue out when workers ask at once", async () => {
    const { sql } = test.database;
    const ids = Array.from({ length: 8 }, (_, n) => `account-${n}`);
    const [now, leaseUntil] = [0, 60_000].map((ms) => new Date(collector.now + ms).toISOString());
    await sql`
      INSERT INTO rescore_queue (project_id, account_id, queued_at)
      SELECT ${collector.projectId}::uuid, id, ${now as string}::timestamptz
      FROM unnest(${ids}::text[]) AS id`;
    const claim = () =>
      claimRescores(sql, { limit: 2, now: now as string, leaseUntil: leaseUntil as string });
    const shares = await Promise.all([claim(), claim(), claim(), claim()]);
    const claimed = shares.flat().map(({ accountId }) => accountId);
    expect(new Set(claimed).size).toBe(claimed.length);
    expect(shares.every((share) => share.length > 0)).toBe(true);
  });

  it("scores an account again for an event that is stored while the turn ends", async () => {
    const { sql } = test.database;
    await collector.send(track(collector, 0));
    const now = new Date(collector.now).toISOString();
    const leaseUntil = new Date(collector.now + 60_000).toISOString();
    const claimed = await claimRescores(sql, { limit: 10, now, leaseUntil });
    let ending: Promise<void> | undefined;
    await sql.begin(async (tx) => {
      await tx`UPDATE rescore_queue SET generation = generation + 1`;
      const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      ending = completeRescores(sql, claimed, { leaseUntil, now, restUntil: now });
      await expect.poll(() => findWaiting(sql, pid), PATIENT).toHaveLength(1);
    });
    await ending;
    expect(await claimRescores(sql, { limit: 10, now: leaseUntil, leaseUntil })).toHaveLength(1);
  });
});
