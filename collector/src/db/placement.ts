/**
 * Where a table lies once the database is a Citus cluster: copied to every node (`reference`), split
 * by project over the nodes (`distributed`), or on the coordinator alone (`local`).
 */
export type Placement = "reference" | "distributed" | "local";

/** Joined with everything and written seldom. */
export const REFERENCE_TABLES: readonly string[] = ["projects"];

/** With the reason of each. */
export const LOCAL_TABLES: ReadonlyMap<string, string> = new Map([
  ["applied_migrations", "the coordinator's own record"],
  ["app_secret_fingerprint", "belongs to no project: one row of the whole server"],
  ["api_keys", "notes its last use all day, which a reference table writes on every node"],
  ["rescore_queue", "workers claim rows of any project with SKIP LOCKED"],
  ["reopened_days", "workers claim rows of any project with SKIP LOCKED"],
  ["model_reports", "workers claim rows of any project with SKIP LOCKED"],
  ["session_progress", "belongs to no project: how far the whole server counted"],
  ["schedule_runs", "belongs to no project: one row a tick of the whole server"],
  ["webhook_endpoints", "read by the claim of deliveries, over all projects"],
  ["webhook_messages", "the outbox: read by the claim of deliveries, over all projects"],
  ["webhook_deliveries", "workers claim rows of any project with SKIP LOCKED"],
  ["webhook_attempts", "written together with the deliveries"],
  ["sources", "found by an id alone, which is unique over all projects"],
  ["members", "people sign in before any project is known"],
  ["memberships", "refers to members"],
  ["sign_in_links", "refers to members"],
  ["dashboard_sessions", "refers to members"],
]);

/**
 * The place of a table. What is not listed is split by project, whose id leads its key: a statement
 * about one project then runs on one node, with everything that plain Postgres can do.
 */
export function placementOf(table: string): Placement {
  if (REFERENCE_TABLES.includes(table)) return "reference";
  return LOCAL_TABLES.has(table) ? "local" : "distributed";
}
