import { expect, it } from "vitest";
import { explainFailure } from "./explain-failure.ts";

const failure = (code: string, message: string) =>
  explainFailure(Object.assign(new Error(message), { code }));

it.each([
  ["ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:5432"],
  ["CONNECT_TIMEOUT", "write CONNECT_TIMEOUT db:5432"],
  ["28P01", "password authentication failed for user telltale"],
  ["3D000", "database telltale does not exist"],
  ["53300", "sorry, too many clients already"],
  ["55000", "database telltale is not currently accepting connections"],
  ["57P03", "the database system is starting up"],
])("points to the address of the database when it says %s: %s", (code, message) => {
  expect(failure(code, message)).toEqual({
    text: expect.stringMatching(/^No connection to the database: .*DATABASE_URL/),
    exitCode: 1,
  });
});

it("says that a silent database does not answer, and which", () => {
  const { text } = failure("CONNECT_TIMEOUT", "write CONNECT_TIMEOUT db:5432");
  expect(text).toContain("the database: db:5432 does not answer. Check DATABASE_URL");
});

it.each([
  ["08P01", "bind message supplies 1 parameters, but prepared statement needs 2"],
  ["40P01", "deadlock detected"],
  ["53100", "could not extend file: No space left on device"],
  ["55000", "currval of sequence is not yet defined in this session"],
  ["57014", "canceling statement due to statement timeout"],
])("does not doubt the address of a database that answered %s: %s", (code, message) => {
  const { text, exitCode } = failure(code, message);
  expect(text).toContain(message);
  expect(text).not.toContain("DATABASE_URL");
  expect(exitCode).toBe(1);
});

it.each([
  ["EACCES", "EACCES: permission denied, mkdir '/srv/telltale'"],
  ["EROFS", "EROFS: read-only file system, open '/srv/telltale/app.secret'"],
  ["EEXIST", "EEXIST: file already exists, mkdir '/srv/telltale'"],
  ["ENOSPC", "ENOSPC: no space left on device, write '/srv/telltale/app.secret'"],
])("names the setting of the data folder when the file system says %s", (code, message) => {
  const error = Object.assign(new Error(message), { code, path: "/srv/telltale" });
  expect(explainFailure(error)).toEqual({
    text: `The file system refuses: ${message}. Files of Telltale's own lie in DATA_DIR.`,
    exitCode: 1,
  });
});
