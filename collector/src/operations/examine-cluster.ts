import type { Sql } from "../db/client.ts";
import { findCitusRole, findUnplaced } from "../db/distribute.ts";
import { adviseCluster, type ClusterSetting } from "./advise-cluster.ts";
import type { Finding } from "./examine.ts";

interface ClusterFindings {
  findings: Finding[];
  /** Whether statements that ask every node can be answered. */
  isWhole: boolean;
}

/**
 * Of a Citus cluster: whether its nodes answer, whether every table has its place, and what to set against
 * nodes that vanish.
 */
export async function examineCluster(sql: Sql): Promise<ClusterFindings> {
  const role = await findCitusRole(sql);
  if (role === "absent") return { findings: [], isWhole: true };
  if (role === "worker") {
    const detail = "connect to the coordinator, not a worker";
    return { findings: [{ check: "cluster", isGood: false, detail }], isWhole: false };
  }
  const workers = await sql<{ node: string; answers: boolean }[]>`
    SELECT nodename || ':' || nodeport AS node, success AS answers
    FROM run_command_on_workers('SELECT 1')`;
  const [disabled] = await sql<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_dist_node
    WHERE noderole = 'primary' AND groupid > 0 AND NOT isactive`;
  const away = workers.filter(({ answers }) => !answers).map(({ node }) => node);
  const isWhole = away.length === 0 && disabled?.count === 0;
  const unplaced = await findUnplaced(sql);
  const settings = await sql<ClusterSetting[]>`
    SELECT name, setting FROM pg_settings
    WHERE name IN ('citus.node_connection_timeout', 'citus.node_conninfo')`;
  const advice = adviseCluster(settings);
  const faults = [
    away.length > 0 && `no answer from ${away.join(", ")}`,
    disabled && disabled.count > 0 && `${disabled.count} disabled`,
    unplaced.length > 0 && `run telltale migrate: ${unplaced.map(({ table }) => table).join(", ")}`,
  ].filter((fault) => fault);
  const told = faults.length > 0 ? faults.join("; ") : "every table has its place";
  const answering = `${workers.length - away.length} of ${workers.length} workers answer`;
  const detail = [answering, told, advice].filter((part) => part).join("; ");
  return { findings: [{ check: "cluster", isGood: faults.length === 0, detail }], isWhole };
}
