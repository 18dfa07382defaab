import { describe, expect, it, onTestFinished } from "vitest";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

/** What nobody caught: such an error ends a process. */
function watchUncaught(): unknown[] {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException").on("uncaughtException", note);
  onTestFinished(() => {
    process.removeAllListeners("uncaughtException");
    for (const other of others) process.on("uncaughtException", other);
  });
  return uncaught;
}

describe("a connection that is lost during a transaction", () => {
  it("fails the transaction alone: nothing is uncaught, and its place in the pool serves on", async () => {
    const uncaught = watchUncaught();
    const { sql } = test.database;
    for (let time = 0; time < 6; time += 1) {
      const count = await sql`SELECT count(*)::int AS count FROM projects`;
      const work = sql.begin(async (tx) => {
        const [row] = await tx`SELECT pg_backend_pid() AS pid`;
        const waiting = tx`SELECT pg_sleep(5)`;
        waiting.catch(() => {});
        await test.database.ingestSql`SELECT pg_terminate_backend(${row?.pid}::int)`;
        await waiting;
      });
      await expect(work).rejects.toMatchObject({ code: expect.stringMatching(/CLOSED|57P01/) });
      const places = Array.from(
        { length: 4 },
        () => sql`SELECT count(*)::int AS count FROM projects`,
      );
      for (const rows of await Promise.all(places)) expect(rows).toEqual(count);
    }
    expect(uncaught).toEqual([]);
  });
});
