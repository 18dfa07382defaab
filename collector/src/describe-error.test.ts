import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { describeError } from "./describe-error.ts";
import { Problem } from "./problem.ts";

const SECRET = "ann@example.com";
const taken = Object.assign(new Error("duplicate key value violates unique constraint"), {
  code: "23505",
  detail: `Key (email)=(${SECRET}) already exists.`,
  where: `COPY members, line 1: "${SECRET}"`,
});
const failed = new DrizzleQueryError("insert into members (email) values ($1)", [SECRET], taken);

describe("describeError", () => {
  it("tells the statement and what the database said, and none of its values", () => {
    const told = new Problem("unavailable", "Try again.", { cause: failed });
    const rows = new Error("The rows could not be stored.", { cause: taken });
    for (const error of [failed, taken, told, rows]) {
      const text = JSON.stringify(describeError(error));
      expect(text).toContain("duplicate key value");
      expect(text).not.toContain(SECRET);
    }
    expect(describeError(failed)).toMatchObject({
      message: "duplicate key value violates unique constraint",
      code: "23505",
      query: "insert into members (email) values ($1)",
    });
  });

  it("leaves other errors as they are", () => {
    const error = new Error("outer", { cause: new Error("inner") });
    expect(describeError(error)).toMatchObject({ type: "Error", message: "outer: inner" });
  });
});
