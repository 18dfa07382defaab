import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { pino } from "pino";
import postgres from "postgres";
import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { createApp } from "../app.ts";
import { createDatabase } from "../db/client.ts";
import { createKeyRing } from "../projects/key-ring.ts";
import { examine } from "./examine.ts";
import { ensurePartitions } from "./partitions.ts";

const test = useTestDatabase();

function createLogged(url: string, changes: object = {}) {
  const lines: string[] = [];
  const out = new Writable({
    write(chunk, _, done) {
      lines.push(...chunk.toString().trimEnd().split("\n"));
      done();
    },
  });
  const database = createDatabase(url, 2);
  const clock = () => Date.now();
  const app = createApp({
    database,
    keyRing: createKeyRing(database.db, clock),
    eventWriter: { write: async () => [], drain: async () => {}, backlog: 7, fillShare: 0 },
    logger: pino({ base: null }, out),
    clock,
    publicUrl: "http://telltale.test",
    appSecret: "a secret of at least thirty-two characters",
    ...changes,
  });
  return { app, lines, database };
}

describe("the routes of operation", () => {
  it("say ready when the database answers, and why not when it does not", async () => {
    const good = createLogged(test.url);
    const ready = await good.app.request("/readyz");
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: "ok", database: "ok", backlog: "ok" },
    ]);
    await good.database.close();
    const dead = createLogged("postgres://nobody@127.0.0.1:1/none");
    const unready = await dead.app.request("/readyz");
    expect([unready.status, await unready.json()]).toMatchObject([
      503,
      { status: "unavailable", database: "unreachable" },
    ]);
    expect((await dead.app.request("/healthz")).status).toBe(200);
    expect((await dead.app.request("/metrics")).status).toBe(200);
    await dead.database.close();
  });

  it("answer while slow questions hold every connection of the general pool", async () => {
    const { app, database } = createLogged(test.url);
    const held = await Promise.all([database.sql.reserve(), database.sql.reserve()]);
    expect((await app.request("/readyz")).status).toBe(200);
    const metrics = await (await app.request("/metrics")).text();
    expect(metrics).toContain("telltale_database_up 1");
    expect(metrics).toContain('telltale_queue_waiting{queue="rescore"}');
    for (const connection of held) connection.release();
    await database.close();
  });

  it("say not ready while the process drains, and while the backlog is crowded", async () => {
    const draining = createLogged(test.url, { isDraining: () => true });
    expect((await draining.app.request("/readyz")).status).toBe(503);
    await draining.database.close();
    const writer = { write: async () => [], drain: async () => {}, backlog: 9, fillShare: 0.9 };
    const crowded = createLogged(test.url, { eventWriter: writer });
    expect(await (await crowded.app.request("/readyz")).json()).toMatchObject({
      status: "unavailable",
      backlog: "crowded",
    });
    // Refused before the key is looked up or the body is read.
    const refused = await crowded.app.request("/v1/batch", { method: "POST", body: "{" });
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    await crowded.database.close();
  });

  it("count requests, events and queues for Prometheus", async () => {
    const collector = await createTestCollector(test.database);
    await collector.send({ type: "track", event: "x", userId: "ann" });
    await collector.call("POST", "/v1/batch", { batch: [{}] });
    const text = await (await collector.app.request("/metrics")).text();
    expect(text).toContain('telltale_events_total{outcome="accepted"} 1');
    expect(text).toContain('telltale_events_total{outcome="invalid_type"} 1');
    expect(text).toMatch(/telltale_http_request_seconds_count\{.*route="\/v1\/batch".*\} 2/);
    expect(text).toMatch(/telltale_queue_waiting\{queue="rescore"\} \d/);
    expect(text).toContain("telltale_database_up 1");
  });

  it("show /metrics to the outside only with a secret key", async () => {
    const { app, secretKey, writeKey } = await createTestCollector(test.database);
    const ask = async (authorization?: string) => {
      const headers = { "x-forwarded-for": "203.0.113.7", ...(authorization && { authorization }) };
      return (await app.request("/metrics", { headers })).status;
    };
    expect(await ask()).toBe(401);
    expect(await ask(`Bearer ${writeKey}`)).toBe(401);
    expect(await ask(`Bearer ${secretKey}`)).toBe(200);
  });
});

describe("the log", () => {
  it("is one JSON line a request, without keys, bodies, names or line breaks of others", async () => {
    const { app, lines, database } = createLogged(test.url);
    const evil = 'x\r\n{"forged":true}\u001b[31m';
    await app.request(
      `/v1/users/eve%40x.io?writeKey=wk_in_the_query&q=${encodeURIComponent(evil)}`,
      {
        headers: { authorization: "Bearer sk_in_the_header", "user-agent": "UA\u001b[31m" },
      },
    );
    await app.request(`/none/${encodeURIComponent(evil)}`);
    await app.request("/v1/batch", { method: "POST", body: '{"writeKey":"wk_in_the_body"}' });
    expect(lines.length).toBeGreaterThanOrEqual(3);
    const parsed = lines.map((line) => JSON.parse(line));
    expect(parsed.map(({ route, status }) => [route, status])).toEqual([
      ["/v1/users/:id", 401],
      ["(none)", 404],
      ["/v1/batch", 401],
    ]);
    expect(lines.join("\n")).not.toContain("\u001b");
    expect(lines.join("\n")).not.toMatch(/_in_the_|eve@|eve%40|forged/);
    await database.close();
  });
});

describe("examine", () => {
  it("finds a fresh database in order, and usage that was tampered with", async () => {
    const { sql } = test.database;
    await ensurePartitions(sql, Date.now());
    const collector = await createTestCollector(test.database, { now: Date.now() });
    await collector.send({ type: "track", event: "x", userId: "ann" });
    const faults = async () =>
      (await examine(sql, { nowMs: Date.now(), recount: "usage", appSecret: null }))
        .filter(({ isGood }) => !isGood)
        .map(({ check }) => check);
    // The tests' own Postgres runs without fsync, for speed; another may run with it.
    const [server] = await sql`SELECT current_setting('fsync') AS fsync`;
    const known = server?.fsync === "off" ? ["durability"] : [];
    expect(await faults()).toEqual(known);
    await sql`UPDATE daily_usage SET count = count + 1`;
    expect(await faults()).toEqual([...known, "usage"]);
  });

  it("gives a recount the time that it takes, beyond the limit of everyday statements", async () => {
    const hurried = postgres(test.url, { max: 1, connection: { statement_timeout: 1_000 } });
    let examined: ReturnType<typeof examine> | undefined;
    await test.database.sql.begin(async (tx) => {
      await tx`LOCK TABLE daily_usage IN ACCESS EXCLUSIVE MODE`;
      examined = examine(hurried, { nowMs: 0, recount: "usage", appSecret: null });
      await sleep(1_500);
    });
    expect((await examined)?.at(-1)?.check).toBe("usage");
    await hurried.end();
  });
});
