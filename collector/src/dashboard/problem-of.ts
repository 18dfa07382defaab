import { HTTPException } from "hono/http-exception";
import { Problem } from "../problem.ts";

/** Any error as a problem; what is not meant for people stays in the log. */
export function toDashboardProblem(error: Error): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HTTPException && error.status === 403) {
    return new Problem("forbidden", "This form was not sent from the dashboard.");
  }
  const { code } = error as { code?: unknown };
  if (typeof code === "string" && /^(CONNECT|ECONN|57P0|53|08)/.test(code)) {
    return new Problem("unavailable", "The database does not answer; try again soon.");
  }
  return new Problem("internal", "The page could not be made; its request id is in our log.");
}
