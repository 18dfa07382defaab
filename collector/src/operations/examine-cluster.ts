import type { Sql } from "../db/client.ts";
import { findCitusRole, findUnplaced } from "../db/distribute.ts";
import type { Finding } from "./examine.ts";

/** Of a Citus cluster: whether its nodes are there, and whether every table has its place. */
export async function examineCluster(sql: Sql): Promise<Finding[]> {
  const role = await findCitusRole(sql);
  if (role === "absent") return [];
  if (role === "worker") {
    return [
      { check: "cluster", isGood: false, detail: "connect to the coordinator, not a worker" },
    ];
  }
  const nodes = await sql<{ is_active: boolean }[]>`
    SELECT isactive AS is_active FROM pg_dist_node WHERE noderole = 'primary' AND groupid > 0`;
  const active = nodes.filter((node) => node.is_active).length;
  const unplaced = await findUnplaced(sql);
  const places =
    unplaced.length === 0
      ? "every table has its place"
      : `run telltale migrate: ${unplaced.map(({ table }) => table).join(", ")}`;
  return [
    {
      check: "cluster",
      isGood: active === nodes.length && unplaced.length === 0,
      detail: `${active} of ${nodes.length} workers are active; ${places}`,
    },
  ];
}
