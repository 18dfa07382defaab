/**
 * Codes of a database that can't be reached, refuses the login, is shutting down, starting up, a
 * standby, without room, or out of time; and of what it gave up for others to go on.
 */
const UNAVAILABLE =
  /^(CONNECT|E(CONN|TIMEDOUT|PIPE|HOSTUN|NETUN|NOTFOUND|AI_AGAIN)|08|25006|28|3D000|40001|40P01|53|55000|55P03|57014|57P|58030)/;
/** As Citus words an internal error of its own when a node goes away in the middle of a statement. */
const LOST_NODE = /\bconnection\b/i;

/** Whether a statement failed because the database, or a node of it, is not there for it now. */
export function isUnavailable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code !== "string") continue;
    if (UNAVAILABLE.test(code) || (code === "XX000" && LOST_NODE.test(cause.message))) return true;
  }
  return false;
}
