import { HTTPException } from "hono/http-exception";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../test/database.ts";
import { toProblem } from "./to-problem.ts";

const test = useTestDatabase();

/** What the driver throws when the server raises this. */
async function raise(code: string, message: string): Promise<unknown> {
  const statement = `DO $$ BEGIN RAISE EXCEPTION '${message}' USING ERRCODE = '${code}'; END $$`;
  return test.database.sql.unsafe(statement).catch((error: unknown) => error);
}

describe("toProblem", () => {
  it.each([
    ["08006", "connection to the remote node telltale@10.0.0.2:5432 failed"],
    ["25006", "cannot execute INSERT in a read-only transaction"],
    ["28P01", "password authentication failed for user telltale"],
    ["3D000", "database telltale does not exist"],
    ["40P01", "deadlock detected"],
    ["53300", "sorry, too many clients already"],
    ["55000", "database telltale is not currently accepting connections"],
    ["57P01", "terminating connection due to administrator command"],
    ["57P04", "terminating connection because its database was dropped"],
    ["58030", "could not read block 7"],
    // Citus, of a node that goes away in the middle of a statement.
    ["XX000", "failure on connection marked as essential: 10.0.0.2:5432"],
    ["XX000", "server closed the connection unexpectedly"],
  ])("asks to try again when the database says %s: %s", async (code, message) => {
    expect(toProblem(await raise(code, message))).toMatchObject({
      status: 503,
      retryAfterSeconds: 1,
    });
  });

  it("tells who sends JSON under another name what to send", () => {
    const error = new HTTPException(415, { message: "Unsupported Media Type" });
    expect(toProblem(error)).toMatchObject({
      status: 415,
      message: "Send the body as application/json.",
    });
  });

  it.each([
    ["08P01", "bind message supplies 1 parameters, but prepared statement needs 2"],
    ["55000", "currval of sequence is not yet defined in this session"],
    ["XX000", "cache lookup failed for type 7"],
    ["23505", "duplicate key value violates unique constraint"],
    ["42P01", "relation does not exist"],
  ])("calls it our fault when the database says %s: %s", async (code, message) => {
    expect(toProblem(await raise(code, message))).toMatchObject({
      status: 500,
      retryAfterSeconds: undefined,
    });
  });
});
