import { describe, expect, it } from "vitest";
import { createDatabase } from "../db/client.ts";
import { findProject } from "../projects/find-project.ts";
import { listMembers } from "../sign-in/members.ts";
import { toDashboardProblem } from "./problem-of.ts";

const PROJECT = "0198c7a0-0000-7000-8000-0000000000ff";

describe("an error on the dashboard", () => {
  it("of a database that is away is 503, whichever way the page asks it", async () => {
    const database = createDatabase("postgres://127.0.0.1:1/nothing", 1);
    for (const ask of [
      () => findProject(database.sql, PROJECT),
      () => listMembers(database.db, PROJECT),
    ]) {
      const error = await ask().then(
        () => new Error("it answered"),
        (fault: Error) => fault,
      );
      expect(toDashboardProblem(error)).toMatchObject({
        status: 503,
        message: "The database does not answer; try again soon.",
      });
    }
    await database.close();
  });

  it("says nothing of our own faults but that there was one", () => {
    const problem = toDashboardProblem(new TypeError("secrets is undefined"));
    expect(problem.status).toBe(500);
    expect(problem.message).not.toContain("undefined");
  });
});
