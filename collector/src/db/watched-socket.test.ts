import postgres from "postgres";
import { expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { createPatientSocketOpener, createSocketOpener } from "./watched-socket.ts";

const test = useTestDatabase();

/** Of one connection that is given up after half a second. */
function open(openSocket: typeof createSocketOpener) {
  const options = { max: 1, backoff: () => 0, socket: openSocket(500) };
  return postgres(test.url, options as postgres.Options<Record<string, never>>);
}

it("lets a transaction take its time, in whatever moment it begins after a rest", async () => {
  const counts = [0, 60, 120, 180, 240].map(async (restMs) => {
    const sql = open(createPatientSocketOpener);
    await sql`SELECT pg_sleep(${0.3 + restMs / 1_000})`;
    const rows = await sql.begin(async (tx) => {
      await tx`SET LOCAL statement_timeout = 0`;
      return tx`SELECT count(pg_sleep(1.2))::int AS count`;
    });
    await sql.end();
    return rows[0]?.count;
  });
  expect(await Promise.all(counts)).toEqual([1, 1, 1, 1, 1]);
});

it("gives up on the second of two questions that were asked at once", async () => {
  const sql = open(createSocketOpener);
  const [first, second] = await Promise.allSettled([
    sql`SELECT 1 AS one`,
    sql`SELECT pg_sleep(1.5)`,
  ]);
  expect(first).toMatchObject({ status: "fulfilled" });
  expect(second).toMatchObject({ reason: { code: "ETIMEDOUT" } });
  await sql.end({ timeout: 0.1 });
});
