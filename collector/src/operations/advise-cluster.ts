/** A row of `pg_settings`. Some are for superusers alone, and absent for others. */
export interface ClusterSetting {
  name: string;
  setting: string;
}

/** Longer, and most requests of the other workers' projects wait too: see `docs/scaling.md`. */
const LONGEST_CONNECT_MS = 500;

/**
 * What to set on a coordinator so that a worker which vanishes, host and all, stops its own projects only.
 *
 * @param settings - `citus.node_connection_timeout` (milliseconds) and `citus.node_conninfo`
 * @returns null where both are set, as far as they can be seen
 */
export function adviseCluster(settings: readonly ClusterSetting[]): string | null {
  const find = (name: string) => settings.find((one) => one.name === name)?.setting;
  const connectMs = Number(find("citus.node_connection_timeout") ?? 0);
  const conninfo = find("citus.node_conninfo");
  const missing = [
    connectMs > LONGEST_CONNECT_MS && "citus.node_connection_timeout",
    conninfo?.includes("tcp_user_timeout") === false && "tcp_user_timeout in citus.node_conninfo",
  ].filter((name) => name);
  if (missing.length === 0) return null;
  return `a worker that vanishes would hold up all projects: set ${missing.join(" and ")} (docs/scaling.md)`;
}
