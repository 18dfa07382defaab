import { isUnavailable, isUnreachable } from "../db/is-unavailable.ts";
import { Problem } from "../problem.ts";
import { CommandFailure } from "./terminal.ts";

/** What a person reads when a command fails, and the exit code: 1 it failed, 2 the call is wrong. */
export interface FailureNote {
  text: string;
  exitCode: 1 | 2;
}

const NO_SCHEMA = ["42P01", "42703", "3F000"];
const FILE_REFUSED = ["EACCES", "EEXIST", "ENOSPC", "ENOTDIR", "EPERM", "EROFS"];

/** Says in a sentence what went wrong and what to do; only the unexpected keeps its stack. */
export function explainFailure(error: unknown): FailureNote {
  if (error instanceof CommandFailure) return { text: error.message, exitCode: error.exitCode };
  if (error instanceof Problem) {
    const faults = error.errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`);
    return { text: [error.message, ...faults].join("\n"), exitCode: 2 };
  }
  const cause = rootOf(error);
  const code = String((cause as { code?: unknown }).code ?? "");
  if (NO_SCHEMA.includes(code)) {
    const text = "The tables are missing or older than this program. Run: telltale migrate";
    return { text, exitCode: 2 };
  }
  if (isUnreachable(cause)) {
    const text = `No connection to the database: ${toReason(cause.message || code)}. Check DATABASE_URL, and the database's own log.`;
    return { text, exitCode: 1 };
  }
  if (isUnavailable(cause)) {
    const text = `The database could not do it now: ${cause.message}. See its own log, then try again.`;
    return { text, exitCode: 1 };
  }
  if (FILE_REFUSED.includes(code)) {
    const text = `The file system refuses: ${cause.message}. Files of Telltale's own lie in DATA_DIR.`;
    return { text, exitCode: 1 };
  }
  return { text: `It failed unexpectedly.\n${cause.stack ?? cause.message}`, exitCode: 1 };
}

/** The driver names a step of its own for a server that takes the connection, or its bytes, and is silent. */
const toReason = (message: string): string =>
  message.replace(/^write CONNECT_TIMEOUT (.+)$/, "$1 does not answer");

/** Drizzle wraps what the database says. */
function rootOf(error: unknown): Error {
  let root = error instanceof Error ? error : new Error(String(error));
  while (root.cause instanceof Error) root = root.cause;
  return root instanceof AggregateError && root.errors[0] instanceof Error ? root.errors[0] : root;
}
