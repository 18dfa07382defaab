import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { describeError } from "./describe-error.ts";
import { Problem } from "./problem.ts";

const SECRET = "ann@example.com";
const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
const failed = new DrizzleQueryError("select * from members where email = $1", [SECRET], refused);

describe("describeError", () => {
  it("tells the statement and what the database said, and none of its values", () => {
    for (const error of [failed, new Problem("unavailable", "Try again.", { cause: failed })]) {
      const text = JSON.stringify(describeError(error));
      expect(text).toContain("connect ECONNREFUSED");
      expect(text).not.toContain(SECRET);
    }
    expect(describeError(failed)).toMatchObject({
      message: "connect ECONNREFUSED",
      code: "ECONNREFUSED",
      query: "select * from members where email = $1",
    });
  });

  it("leaves other errors as they are", () => {
    const error = new Error("outer", { cause: new Error("inner") });
    expect(describeError(error)).toMatchObject({ type: "Error", message: "outer: inner" });
  });
});
