import type postgres from "postgres";
import { type Placement, placementOf, REFERENCE_TABLES } from "./placement.ts";

/** The first table to be split; the others lie beside it, project by project. */
const ANCHOR = "accounts";

/** A table that was given its place now. */
export interface Distributed {
  table: string;
  placement: Exclude<Placement, "local">;
}

/** Whether this database is the coordinator of a Citus cluster, another node of it, or neither. */
export async function findCitusRole(
  sql: postgres.Sql,
): Promise<"coordinator" | "worker" | "absent"> {
  const installed = await sql`SELECT 1 FROM pg_extension WHERE extname = 'citus'`;
  if (installed.length === 0) return "absent";
  const [node] = await sql<{ groupid: number }[]>`SELECT groupid FROM pg_dist_local_group`;
  return node?.groupid === 0 ? "coordinator" : "worker";
}

/** Tables that have no place yet, in the order in which they must get it. */
export async function findUnplaced(sql: postgres.Sql): Promise<Distributed[]> {
  const rows = await sql<{ table: string }[]>`
    SELECT relname AS table FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
      AND NOT EXISTS (SELECT 1 FROM pg_depend
        WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
      AND NOT EXISTS (SELECT 1 FROM pg_dist_partition
        WHERE logicalrelid = pg_class.oid AND NOT autoconverted)
    ORDER BY relname`;
  const unplaced: Distributed[] = [];
  for (const { table } of rows) {
    const placement = placementOf(table);
    if (placement !== "local") unplaced.push({ table, placement });
  }
  const order = [...REFERENCE_TABLES, ANCHOR];
  const rank = ({ table }: Distributed) =>
    order.includes(table) ? order.indexOf(table) : order.length;
  return unplaced.sort((a, b) => rank(a) - rank(b));
}

/**
 * On the coordinator of a Citus cluster, gives each table its place; on plain Postgres it does
 * nothing. Each table is a statement of its own, so that what was cut off goes on where it ended.
 * The number of shards is the server's `citus.shard_count`.
 *
 * @returns what was done now; nothing when all tables had their place
 */
export async function distribute(sql: postgres.Sql): Promise<Distributed[]> {
  const unplaced = await findUnplaced(sql);
  for (const { table, placement } of unplaced) {
    if (placement === "reference") {
      await sql`SELECT create_reference_table(${table})`;
      continue;
    }
    const colocateWith = table === ANCHOR ? "none" : ANCHOR;
    await sql`
      SELECT create_distributed_table(${table}, 'project_id', colocate_with => ${colocateWith})`;
    // Its rows lie on the nodes now; what is left of them here would only take room.
    await sql`SELECT truncate_local_data_after_distributing_table(${table})`;
  }
  return unplaced;
}
