import type { Database } from "../src/db/client.ts";
import { createTestCollector, type TestCollector } from "./collector.ts";

/** With a project that lies on the worker of this group. */
export async function createCollectorOn(database: Database, group: number): Promise<TestCollector> {
  for (;;) {
    const collector = await createTestCollector(database);
    const rows = await database.sql`
      SELECT 1 FROM pg_dist_placement WHERE groupid = ${group} AND shardid =
        get_shard_id_for_distribution_column('accounts', ${collector.projectId}::text::uuid)`;
    if (rows.length > 0) return collector;
  }
}

/** Meanwhile nobody listens where the coordinator looks for this worker. */
export async function withoutWorker(
  { sql }: Database,
  group: number,
  act: () => Promise<void>,
): Promise<void> {
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
