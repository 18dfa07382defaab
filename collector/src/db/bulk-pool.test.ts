import { createServer, type Server, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { type BulkOptions, type BulkPool, createBulkPool } from "./bulk-pool.ts";

const test = useTestDatabase();

function open(changes: Partial<BulkOptions> = {}): BulkPool {
  const { options } = test.database.ingestSql;
  const limits = { max: 1, statementMs: 5_000, answerWithinMs: 6_000 };
  const bulk = createBulkPool({ target: options, ...limits, ...changes });
  if (!bulk) throw new Error("the test database is reached by both drivers");
  return bulk;
}

const step = (name: string, text: string) => ({ statement: { name, text } });

describe("createBulkPool", () => {
  it("stores all steps or none", async () => {
    const { sql } = test.database;
    const bulk = open();
    await sql`CREATE TABLE steps (n int PRIMARY KEY)`;
    const one = step("one", "INSERT INTO steps VALUES (1)");
    const two = step("two", "INSERT INTO steps VALUES (2)");
    await bulk.run([one]);
    await expect(bulk.run([two, one])).rejects.toMatchObject({ code: "23505" });
    expect(await sql`SELECT n FROM steps`).toHaveLength(1);
    await bulk.run([two]);
    expect(await sql`SELECT n FROM steps`).toHaveLength(2);
    await bulk.close();
  });

  it("outlives the end of a connection in the middle of a step", async () => {
    const { sql } = test.database;
    const bulk = open();
    const sleeping = bulk.run([step("sleep", "SELECT pg_sleep(20)")]);
    const cut = expect(sleeping).rejects.toThrow();
    await expect
      .poll(async () => {
        const rows = await sql`
          SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND query = 'SELECT pg_sleep(20)'`;
        return rows.length;
      })
      .toBe(1);
    await cut;
    await bulk.run([step("again", "SELECT 1")]);
    await bulk.close();
  });

  it("gives up on a server that says nothing more, and the process goes on", async () => {
    const { options } = test.database.ingestSql;
    const held: Socket[] = [];
    const silent = await new Promise<Server>((resolve) => {
      const server = createServer((socket) => held.push(socket)).listen(0, "127.0.0.1", () =>
        resolve(server),
      );
    });
    const address = silent.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const target = { ...options, host: ["127.0.0.1"], port: [port] };
    const bulk = open({ target, answerWithinMs: 200 });
    await expect(bulk.run([step("never", "SELECT 1")])).rejects.toThrow();
    await bulk.close();
    for (const socket of held) socket.destroy();
    silent.close();
  });

  it("is not there for a URL that rules prepared statements out", () => {
    const { options } = test.database.ingestSql;
    const limits = { max: 1, statementMs: 5_000, answerWithinMs: 6_000 };
    expect(createBulkPool({ target: { ...options, prepare: false }, ...limits })).toBeNull();
  });
});
