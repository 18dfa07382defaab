/** Codes of a database that no one answers for, that refuses the login, is shutting down or starting up. */
const UNREACHABLE =
  /^(CONNECT|E(CONN|TIMEDOUT|PIPE|HOSTUN|NETUN|NOTFOUND|AI_AGAIN)|08(?!P01)|28|3D000|53300|57P)/;
/** And of one that is a standby, without room, out of time, or gave this up for others to go on. */
const UNAVAILABLE = /^(25006|40001|40P01|53|55P03|57014|58030)/;
/** What else has this code is a fault of the statement. */
const CLOSED = { code: "55000", words: /not currently accepting connections/ };
/** Postgres itself can tell nobody that it can't be reached: this is a coordinator about its workers. */
const NODE_AWAY = /^08(?!P01)/;
/** As Citus words an internal error of its own when a node goes away in the middle of a statement. */
const LOST_NODE = { code: "XX000", words: /\bconnection\b/i };

interface Told {
  code: string;
  message: string;
}

/** Whether the database, or a node of it, could not be reached at all: look at its address first. */
export function isUnreachable(error: unknown): boolean {
  return isSomeCause(
    error,
    ({ code, message }) =>
      UNREACHABLE.test(code) ||
      [CLOSED, LOST_NODE].some((known) => known.code === code && known.words.test(message)),
  );
}

/** Whether the database answered, but could not reach the node of a cluster that the statement needs. */
export function isNodeAway(error: unknown): boolean {
  return isSomeCause(
    error,
    ({ code, message }) =>
      NODE_AWAY.test(code) || (code === LOST_NODE.code && LOST_NODE.words.test(message)),
  );
}

/** Whether a statement failed for what may pass: the database is not there, or not for it, now. */
export function isUnavailable(error: unknown): boolean {
  return isUnreachable(error) || isSomeCause(error, ({ code }) => UNAVAILABLE.test(code));
}

/** Drizzle wraps what the database says. */
function isSomeCause(error: unknown, isMeant: (told: Told) => boolean): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === "string" && isMeant({ code, message: cause.message })) return true;
  }
  return false;
}
