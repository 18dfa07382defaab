import { HTTPException } from "hono/http-exception";
import { isUnavailable } from "./db/is-unavailable.ts";
import { Problem } from "./problem.ts";

/** What a request is told of an error: of our own faults, nothing but that there was one. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isUnavailable(error)) {
    return new Problem("unavailable", "The database does not answer; try again soon.", {
      retryAfterSeconds: 1,
      cause: error,
    });
  }
  if (error instanceof HTTPException && error.status === 415) {
    const detail = "Send the body as application/json.";
    return new Problem("unsupported-media-type", detail, { cause: error });
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
