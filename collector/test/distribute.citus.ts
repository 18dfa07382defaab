import postgres from "postgres";
import { describe, expect, inject, it } from "vitest";
import { type Distributed, distribute, findUnplaced } from "../src/db/distribute.ts";
import { migrate } from "../src/db/migrate.ts";
import { placementOf } from "../src/db/placement.ts";
import { examine } from "../src/operations/examine.ts";
import { examineCluster } from "../src/operations/examine-cluster.ts";
import { ensurePartitions } from "../src/operations/partitions.ts";
import { recountUsage } from "../src/operations/recount-usage.ts";
import { createTestCollector, type TestCollector } from "./collector.ts";
import { useTestDatabase } from "./database.ts";

const test = useTestDatabase();

/** With a project that lies on the worker of this group. */
async function createCollectorOn(group: number): Promise<TestCollector> {
  for (;;) {
    const collector = await createTestCollector(test.database);
    const rows = await test.database.sql`
      SELECT 1 FROM pg_dist_placement WHERE groupid = ${group} AND shardid =
        get_shard_id_for_distribution_column('accounts', ${collector.projectId}::text::uuid)`;
    if (rows.length > 0) return collector;
  }
}

/** Meanwhile nobody listens where the coordinator looks for this worker. */
async function withoutWorker(group: number, act: () => Promise<void>): Promise<void> {
  const { sql } = test.database;
  const [worker] = await sql<{ port: number }[]>`
    SELECT nodeport AS port FROM pg_dist_node WHERE groupid = ${group}`;
  const moveTo = (port: number) =>
    sql`UPDATE pg_dist_node SET nodeport = ${port} WHERE groupid = ${group}`;
  await moveTo(group);
  try {
    await act();
  } finally {
    await moveTo(worker?.port as number);
  }
}

describe("migrate on a cluster", () => {
  it("gives every table its place, and finds nothing to do the second time", async () => {
    const { sql } = test.database;
    const rows = await sql<{ name: string; type: string }[]>`
      SELECT table_name::text AS name, citus_table_type AS type FROM citus_tables`;
    const placed = rows.filter(({ type }) => type !== "local");
    expect(placed.length).toBeGreaterThan(30);
    for (const { name, type } of placed)
      expect(`${name} ${type}`).toBe(`${name} ${placementOf(name)}`);
    const told: Distributed[][] = [];
    const again = await migrate(test.url, { onDistributed: (tables) => told.push(tables) });
    expect(again).toEqual([]);
    expect(told).toEqual([]);
    expect(await examineCluster(sql)).toMatchObject({
      findings: [{ isGood: true }],
      isWhole: true,
    });
  });

  it("refuses a worker by name", async () => {
    const url = new URL(inject("workerUrls")[0] as string);
    url.pathname = new URL(test.url).pathname;
    await expect(migrate(url.href)).rejects.toThrow(/coordinator/);
  });

  it("takes in the rows of a table that was filled before, and partitions made later", async () => {
    const { sql } = test.database;
    const collector = await createTestCollector(test.database);
    await sql`CREATE TABLE filled (project_id uuid, id integer, PRIMARY KEY (project_id, id))`;
    await sql`INSERT INTO filled SELECT ${collector.projectId}::uuid, n FROM generate_series(1, 500) AS n`;
    expect(await findUnplaced(sql)).toEqual([{ table: "filled", placement: "distributed" }]);
    const findings = await examine(sql, { nowMs: 0, recount: "nothing", appSecret: null });
    expect(findings).toContainEqual(
      expect.objectContaining({ check: "cluster", detail: expect.stringContaining("filled") }),
    );
    expect(findings.map(({ check }) => check)).toContain("quarantine");
    expect(await distribute(sql)).toHaveLength(1);
    const [row] = await sql`SELECT count(*)::int AS count FROM filled`;
    expect(row?.count).toBe(500);
    await ensurePartitions(sql, collector.now);
    const [events] = await sql<{ shards: number }[]>`
      SELECT count(*)::int AS shards FROM citus_shards
      WHERE table_name::text = 'events_2026_06'`;
    expect(events?.shards).toBeGreaterThan(0);
  });

  it("keeps a project on one node, whichever of its tables is asked", async () => {
    const { sql } = test.database;
    const { projectId } = await createTestCollector(test.database);
    const rows = await sql<{ nodes: number; tables: number }[]>`
      SELECT count(DISTINCT (nodename, nodeport))::int AS nodes, count(*)::int AS tables
      FROM (SELECT get_shard_id_for_distribution_column(logicalrelid, ${projectId}::text::uuid) AS shard
        FROM pg_dist_partition WHERE partmethod = 'h') AS held
      JOIN pg_dist_shard_placement ON shardid = shard`;
    expect(rows[0]?.nodes).toBe(1);
    expect(rows[0]?.tables).toBeGreaterThan(30);
  });

  it("tells, in /readyz, in the figures, in answers and to the doctor, that a worker is away", async () => {
    const { sql } = test.database;
    const collector = await createCollectorOn(1);
    const look = async () => {
      const ready = await collector.app.request("/readyz");
      const figures = await (await collector.app.request("/metrics")).text();
      const [cluster] = (await examineCluster(sql)).findings;
      const { status } = (await ready.json()) as { status: string };
      return [
        ready.status,
        status,
        /^telltale_database_up (\d)/m.exec(figures)?.[1],
        cluster?.isGood,
      ];
    };
    expect(await look()).toEqual([200, "ok", "1", true]);
    await withoutWorker(1, async () => {
      expect(await look()).toEqual([200, "degraded", "0", false]);
      const findings = await examine(sql, { nowMs: 0, recount: "nothing", appSecret: null });
      expect(findings.at(-2)?.detail).toMatch(/^1 of 2 workers answer; no answer from .*:1$/);
      expect(findings.at(-1)?.detail).toMatch(/^not examined, .* partitions, queues, /);
      const event = { type: "track", event: "x", userId: "ann" };
      const refused = await collector.call("POST", "/v1/batch", { batch: [event] });
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
      await withoutWorker(2, async () => {
        expect(await look()).toEqual([503, "unavailable", "0", false]);
      });
    });
    expect(await look()).toEqual([200, "ok", "1", true]);
  });

  it("stores for projects of the workers that are there, whoever shares their commits", async () => {
    const { sql } = test.database;
    const away = await createCollectorOn(1);
    const here = await createCollectorOn(2);
    const send = async ({ secretKey }: TestCollector, message: Record<string, unknown>) => {
      const headers = { authorization: `Bearer ${secretKey}`, "content-type": "application/json" };
      const body = JSON.stringify({ batch: [{ userId: "ann", ...message }] });
      const response = await here.app.request("/v1/batch", { method: "POST", headers, body });
      return response.status;
    };
    const known = { type: "track", event: "Opened", context: { groupId: "acme" } };
    await send(here, known);
    const sendToAll = (message: Record<string, unknown>) =>
      Promise.all([away, here, away, here].map((to) => send(to, message)));
    const onlyHere = [503, 200, 503, 200];
    const first = { ...known, event: "New", messageId: "one" };
    const ofEveryKind: Record<string, unknown>[] = [
      known,
      first,
      // What comes again is found out by a way of its own.
      first,
      { ...known, event: "Milestone Reached", properties: { milestone: "live" } },
      { type: "page", name: "Home", userId: undefined, anonymousId: "v1" },
      { type: "identify", userId: "bob", anonymousId: "v1", traits: { plan: "pro" } },
      { type: "group", userId: "bob", groupId: "acme", traits: { name: "Acme" } },
      { type: "alias", previousId: "v2" },
      { ...known, event: "" },
    ];
    await withoutWorker(1, async () => {
      for (const message of ofEveryKind) {
        expect([message, await sendToAll(message)]).toEqual([message, onlyHere]);
      }
    });
    expect(await send(away, known)).toBe(200);
    const rows = await sql`SELECT 1 FROM events WHERE project_id = ${here.projectId}`;
    expect(rows).toHaveLength(14);
    expect(await recountUsage(sql, { projectId: here.projectId })).toEqual([]);
  });

  it("leaves plain Postgres alone", async () => {
    const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
    const name = `plain_${Date.now()}`;
    await admin.unsafe(`CREATE DATABASE ${name}`);
    const url = new URL(inject("postgresUrl"));
    url.pathname = `/${name}`;
    try {
      const told: Distributed[][] = [];
      const applied = await migrate(url.href, { onDistributed: (tables) => told.push(tables) });
      expect(applied.length).toBeGreaterThan(20);
      expect(told).toEqual([]);
    } finally {
      await admin.unsafe(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
    }
  });
});
