import { Problem } from "./problem.ts";

/** Codes of a database that can't be reached, is shutting down, starting up, or has no room. */
const UNAVAILABLE =
  /^(CONNECT|CONNECTION_|ECONN|ETIMEDOUT|EPIPE|57P0[123]|53[0-9]{3}|08[0-9]{3}|55P03|57014)/;

/** What a request is told of an error: of our own faults, nothing but that there was one. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code } = cause as { code?: unknown };
    if (typeof code === "string" && UNAVAILABLE.test(code)) {
      return new Problem("unavailable", "The database does not answer; try again soon.", {
        retryAfterSeconds: 1,
        cause: error,
      });
    }
  }
  // Hono's own checks, such as a body that is not JSON.
  if (
    error instanceof Error &&
    "status" in error &&
    typeof error.status === "number" &&
    error.status < 500
  ) {
    return new Problem("invalid-request", error.message, {
      errors: [{ pointer: "", detail: error.message }],
    });
  }
  return new Problem("internal", "The request could not be served; its id is in our log.", {
    cause: error,
  });
}
