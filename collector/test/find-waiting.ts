import { inject } from "vitest";
import type { Sql } from "../src/db/client.ts";

/** Who waits for a lock of this backend's transaction: on a cluster also on its other nodes. */
export async function findWaiting(sql: Sql, backend: number): Promise<readonly unknown[]> {
  const here = await sql`
    SELECT 1 FROM pg_stat_activity WHERE ${backend} = ANY(pg_blocking_pids(pid))`;
  if (here.length > 0 || inject("workerUrls").length === 0) return here;
  return sql`SELECT 1 FROM citus_lock_waits WHERE citus_pid_for_gpid(blocking_gpid) = ${backend}`;
}
