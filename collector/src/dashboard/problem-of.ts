import { HTTPException } from "hono/http-exception";
import { Problem } from "../problem.ts";
import { toProblem } from "../to-problem.ts";

/** Any error as a problem; what is not meant for people stays in the log. */
export function toDashboardProblem(error: Error): Problem {
  if (error instanceof HTTPException && error.status === 403) {
    return new Problem("forbidden", "This form was not sent from the dashboard.");
  }
  const problem = toProblem(error);
  return problem.kind === "internal" && problem !== error
    ? new Problem("internal", "The page could not be made; its request id is in our log.")
    : problem;
}
