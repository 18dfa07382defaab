import postgres from "postgres";
import { describe, expect, inject, it } from "vitest";
import { type Distributed, distribute, findUnplaced } from "../src/db/distribute.ts";
import { migrate } from "../src/db/migrate.ts";
import { placementOf } from "../src/db/placement.ts";
import { examine } from "../src/operations/examine.ts";
import { examineCluster } from "../src/operations/examine-cluster.ts";
import { ensurePartitions } from "../src/operations/partitions.ts";
import { createTestCollector } from "./collector.ts";
import { useTestDatabase } from "./database.ts";

const test = useTestDatabase();

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
    const { findings, isWhole } = await examineCluster(sql);
    expect(isWhole).toBe(true);
    // What there is to set is told; nothing is wrong without it.
    expect(findings).toEqual([
      {
        check: "cluster",
        isGood: true,
        detail: expect.stringMatching(
          /^2 of 2 workers answer; every table has its place; .+: set citus\.node_connection_timeout and tcp_user_timeout in/,
        ),
      },
    ]);
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
