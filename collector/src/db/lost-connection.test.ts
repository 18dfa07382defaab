import { type AddressInfo, createConnection, createServer, type Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { createDatabase } from "./client.ts";

const test = useTestDatabase();

/** What nobody caught: such an error ends a process. */
function watchUncaught(): unknown[] {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    const others = process.rawListeners(event) as (() => void)[];
    process.removeAllListeners(event).on(event, note);
    onTestFinished(() => {
      process.removeAllListeners(event);
      for (const other of others) process.on(event, other);
    });
  }
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

/** Passes bytes on, but cuts the first connections as they ask for something. */
async function startCutter(target: URL, asked: string, times: number) {
  let left = times;
  const server = createServer((client) => {
    const upstream = createConnection(Number(target.port), target.hostname);
    client.on("data", (chunk) => {
      if (chunk.includes(asked) && left-- > 0) client.resetAndDestroy();
      else upstream.write(chunk);
    });
    upstream.on("data", (chunk) => client.write(chunk));
    for (const socket of [client, upstream]) {
      socket.on("error", () => {});
      socket.on("close", () => void [client, upstream].map((other) => other.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, isDone: () => left <= 0, close: () => server.close() };
}

describe("a connection that is lost while it is set up", () => {
  it("takes nothing with it: what waits for it is answered by the next", async () => {
    const uncaught = watchUncaught();
    const cutter = await startCutter(new URL(test.url), "typarray", 3);
    const { ingestSql, close } = createDatabase(cutter.url);
    const ask = () => ingestSql`SELECT ${["a", "b"]}::text[] AS texts`;
    for (let time = 0; time < 8; time += 1) {
      const fates = await Promise.allSettled([ask(), ask(), ask()]);
      const answers = fates.filter(({ status }) => status === "fulfilled");
      for (const answer of answers)
        expect(answer).toMatchObject({ value: [{ texts: ["a", "b"] }] });
    }
    expect(await ask()).toEqual([{ texts: ["a", "b"] }]);
    expect(cutter.isDone()).toBe(true);
    expect(uncaught).toEqual([]);
    await close();
    cutter.close();
  });
});

/** Passes bytes on, until all connections of that moment go silent for good; later ones work. */
async function startSilencer(target: URL) {
  const passing = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = createConnection(Number(target.port), target.hostname);
    passing.add(client);
    client.on("data", (chunk) => passing.has(client) && upstream.write(chunk));
    upstream.on("data", (chunk) => passing.has(client) && client.write(chunk));
    for (const socket of [client, upstream]) {
      socket.on("error", () => {});
      socket.on("close", () => void [client, upstream].map((other) => other.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, silence: () => passing.clear(), close: () => server.close() };
}

describe("a server that vanishes while it is busy", () => {
  it("is given up by every connection of ingestion, and the next ones work", async () => {
    const silencer = await startSilencer(new URL(test.url));
    const { ingestSql, keyDb, bulk, close } = createDatabase(silencer.url);
    const probe = { statement: { name: "probe", text: "SELECT 1" } };
    const ways: (() => Promise<unknown>)[] = [
      () => ingestSql`SELECT 1`,
      () => ingestSql.begin((tx) => tx`SELECT 1`),
      () => keyDb.execute("SELECT 1"),
      () => bulk?.run([probe]) as Promise<void>,
    ];
    // Each asks on and on, so that the silence falls between a question and its answer.
    const lost = ways.map(async (ask) => {
      for (;;) await ask();
    });
    setTimeout(silencer.silence, 600);
    const fates = await Promise.allSettled(lost);
    expect(fates.map(({ status }) => status)).toEqual(ways.map(() => "rejected"));
    await Promise.all(ways.map((ask) => ask()));
    await close();
    silencer.close();
  });
});
