/**
 * How fast are webhooks delivered, what does a dead endpoint cost the others, and what is left of
 * deliveries whose worker is killed? Real Postgres, real sockets, the receiver in its own process.
 *
 * `npm run bench:webhooks -- --messages 5000 --dead 100000`
 */

import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { on, once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createDatabase } from "../../collector/dist/db/client.js";
import { startEmbeddedPostgres } from "../../collector/dist/db/embedded/start.js";
import { migrate } from "../../collector/dist/db/migrate.js";
import { createLogger } from "../../collector/dist/logger.js";
import { createProject } from "../../collector/dist/projects/create-project.js";
import { createDeliveryLoop } from "../../collector/dist/webhooks/delivery-loop.js";
import { createEndpoint } from "../../collector/dist/webhooks/endpoints.js";
import { publishMessage } from "../../collector/dist/webhooks/publish-message.js";
import { createSender } from "../../collector/dist/webhooks/sender.js";
import { createWebhookSecret, signMessage } from "../../collector/dist/webhooks/sign-message.js";

const { values } = parseArgs({
  options: {
    messages: { type: "string", default: "4000" },
    dead: { type: "string", default: "100000" },
    killed: { type: "string", default: "200" },
    rounds: { type: "string", default: "5" },
  },
});
const MESSAGES = Number(values.messages);
const ROUNDS = Number(values.rounds);
/** How long the receiver of the killed workers takes. */
const RECEIVER_MS = 100;
const APP_SECRET = "a secret of at least thirty-two characters";
/** As many at once as the loop allows an endpoint that answers well. */
const CONCURRENT = 32;
const BODY = JSON.stringify({
  type: "account.score_changed",
  timestamp: "2026-11-01T00:00:00.000Z",
  data: { note: "x".repeat(1_500) },
});

const folder = await mkdtemp(join(tmpdir(), "telltale-webhooks-"));
const postgres = await startEmbeddedPostgres({ dataDir: folder });
await migrate(postgres.url);
const database = createDatabase(postgres.url);
const crowded = await openCrowdedDatabase();
const { sql } = database;
const children = [];
let exitCode = 0;
try {
  const rows = await deliveryRate();
  rows.push(await deadNeighbour("refuses"), await deadNeighbour("hangs"), await latency());
  rows.push(await killedWorkers(1), await killedWorkers(32));
  console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])));
  exitCode = rows.every((row) => row.ok) ? 0 : 1;
} finally {
  for (const child of children) child.kill();
  await database.close();
  await crowded.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(exitCode);

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

async function startReceiver(delayMs = 0) {
  const file = new URL("receiver-process.mjs", import.meta.url);
  const child = fork(file, [String(delayMs)]);
  children.push(child);
  const [port] = await once(child, "message");
  const url = `http://127.0.0.1:${port}/`;
  const state = async () => (await fetch(url)).json();
  return {
    url,
    state,
    arrivals: async () => (await (await fetch(`${url}arrivals`)).json()).arrivals,
    /** Resolves when the receiver says that so many came in all. */
    async nextCount(count, timeoutMs = 120_000) {
      child.send(count);
      const signal = AbortSignal.timeout(timeoutMs);
      for await (const [message] of on(child, "message", { signal })) {
        if (message.count === count) return;
      }
    },
  };
}

/** A second database on the same server, for the runs beside a dead endpoint. */
async function openCrowdedDatabase() {
  await database.sql`CREATE DATABASE crowded`;
  const url = new URL(postgres.url);
  url.pathname = "/crowded";
  await migrate(url.href);
  return createDatabase(url.href);
}

async function openProject({ db } = database) {
  const { project } = await createProject(db, Date.now, { name: "Bench" });
  return project.id;
}

function endpointOf(projectId, url, { db = database.db, ...more } = {}) {
  const policy = { isPrivateAllowed: true, allowedHosts: [] };
  return createEndpoint(
    { db, clock: Date.now, appSecret: APP_SECRET, policy },
    { projectId, url, description: "", types: [], ...more },
  );
}

function openLoop(own = database) {
  return createDeliveryLoop({
    database: own,
    clock: Date.now,
    appSecret: APP_SECRET,
    logger: createLogger("silent"),
    isPrivateAllowed: true,
    allowedHosts: [],
  });
}

/** Messages with one pending delivery each, written at once; publishing them is not what is measured. */
async function queue(projectId, endpointId, { count, sql = database.sql }) {
  await sql`
    WITH message AS (
      INSERT INTO webhook_messages (project_id, id, type, account_id, sequence, body, created_at)
      SELECT ${projectId}::uuid, gen_random_uuid(), 'account.score_changed', 'account-' || n, 1,
        ${BODY}, now()
      FROM generate_series(1, ${count}::int) AS n RETURNING id, created_at
    )
    INSERT INTO webhook_deliveries (project_id, id, message_id, endpoint_id, status,
      next_attempt_at, created_at)
    SELECT ${projectId}::uuid, gen_random_uuid(), id, ${endpointId}::uuid, 'pending', created_at,
      created_at FROM message`;
  await sql`ANALYZE webhook_messages`;
  await sql`ANALYZE webhook_deliveries`;
}

/** CPU time of this process, in milliseconds. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The same client and receiver by turns without and with the database, and the median of each. */
async function deliveryRate() {
  const receiver = await startReceiver();
  const sender = createSender({ isPrivateAllowed: true, allowedHosts: [] });
  const secret = createWebhookSecret();
  const projectId = await openProject();
  const endpoint = await endpointOf(projectId, receiver.url);
  const timed = async (run) => {
    const [startedAt, startedCpu] = [performance.now(), cpuMs()];
    await run();
    const perSecond = (MESSAGES / (performance.now() - startedAt)) * 1_000;
    return { perSecond, cpu: ((cpuMs() - startedCpu) / MESSAGES) * 1_000 };
  };
  const bare = () =>
    timed(async () => {
      let left = MESSAGES;
      const lane = async () => {
        while (left-- > 0) {
          const signed = { id: randomUUID(), timestampSeconds: 1_760_000_000, body: BODY };
          const headers = { "content-type": "application/json", ...signMessage(signed, [secret]) };
          await sender.send({ url: receiver.url, headers, body: BODY });
        }
      };
      await Promise.all(Array.from({ length: CONCURRENT }, lane));
    });
  const ours = async () => {
    await queue(projectId, endpoint.id, { count: MESSAGES });
    const loop = openLoop();
    const arrived = receiver.nextCount((await receiver.state()).count + MESSAGES);
    const result = await timed(() => {
      loop.start();
      return arrived;
    });
    await loop.stop();
    return result;
  };
  await bare();
  await ours();
  const pairs = [];
  for (let n = 0; n < ROUNDS; n += 1) pairs.push([await bare(), await ours()]);
  await sender.close();
  const ratio = median(pairs.map(([one, two]) => two.perSecond / one.perSecond));
  const cpu = median(pairs.map(([one, two]) => two.cpu / one.cpu));
  return [
    {
      name: "deliveries per second",
      telltale: Math.round(median(pairs.map(([, { perSecond }]) => perSecond))),
      reference: Math.round(median(pairs.map(([{ perSecond }]) => perSecond))),
      ratio: ratio.toFixed(2),
      goal: ">= 0.5",
      ok: ratio >= 0.5,
    },
    {
      name: "CPU time of the sending process",
      telltale: `${Math.round(median(pairs.map(([, one]) => one.cpu)))} µs`,
      reference: `${Math.round(median(pairs.map(([one]) => one.cpu)))} µs`,
      ratio: cpu.toFixed(2),
      goal: "",
      ok: true,
    },
  ];
}

/**
 * A thousand messages to a healthy endpoint, by turns in a database without and with a long queue
 * for a dead one. The endpoint is enabled when all is queued, so that only sending is timed.
 */
async function deadNeighbour(how) {
  const count = 1_000;
  const receiver = await startReceiver();
  const url = how === "refuses" ? "http://127.0.0.1:9/" : await hangingUrl();
  const owner = await openProject(crowded);
  const dead = await endpointOf(owner, url, crowded);
  await queue(owner, dead.id, { count: Number(values.dead), sql: crowded.sql });
  const timed = async (own) => {
    const projectId = await openProject(own);
    const { id } = await endpointOf(projectId, receiver.url, own);
    await own.sql`UPDATE webhook_endpoints SET status = 'disabled' WHERE id = ${id}`;
    await queue(projectId, id, { count, sql: own.sql });
    const loop = openLoop(own);
    loop.start();
    await sleep(1_000);
    const arrived = receiver.nextCount((await receiver.state()).count + count);
    const startedAt = performance.now();
    await own.sql`UPDATE webhook_endpoints SET status = 'enabled' WHERE id = ${id}`;
    await arrived;
    const elapsed = performance.now() - startedAt;
    await loop.stop();
    return elapsed;
  };
  await timed(database);
  const pairs = [];
  for (let n = 0; n < ROUNDS; n += 1) pairs.push([await timed(database), await timed(crowded)]);
  await crowded.sql`UPDATE webhook_endpoints SET status = 'disabled'`;
  const ratio = median(pairs.map(([alone, beside]) => beside / alone));
  return {
    name: `${values.dead} to an endpoint that ${how}: delay of another`,
    telltale: `${Math.round(median(pairs.map(([, beside]) => beside)))} ms`,
    reference: `${Math.round(median(pairs.map(([alone]) => alone)))} ms`,
    ratio: ratio.toFixed(2),
    goal: "<= 1.20",
    ok: ratio <= 1.2,
  };
}

async function hangingUrl() {
  const { createServer } = await import("node:net");
  const server = createServer(() => {});
  server.unref();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}

/** From the commit of a message to its arrival, while 20 messages a second and endpoint go out. */
async function latency() {
  const receiver = await startReceiver();
  const projectId = await openProject();
  await endpointOf(projectId, receiver.url);
  const loop = openLoop();
  loop.start();
  const published = new Map();
  for (let n = 0; n < 400; n += 1) {
    const at = new Date().toISOString();
    const data = { schemaVersion: 1, n };
    const message = {
      projectId,
      type: "milestone.reached",
      accountId: "a",
      sequence: null,
      data,
      at,
    };
    published.set(await publishMessage(sql, message), Date.now());
    await sleep(10);
  }
  await receiver.nextCount(400);
  await loop.stop();
  const arrivals = await receiver.arrivals();
  const waits = arrivals.map(([id, at]) => at - published.get(id)).sort((a, b) => a - b);
  const p95 = waits[Math.floor(waits.length * 0.95)];
  return {
    name: "commit to arrival, p95",
    telltale: `${p95} ms`,
    reference: `p50 ${waits[Math.floor(waits.length / 2)]} ms`,
    ratio: "",
    goal: "<= 1000 ms",
    ok: p95 <= 1_000,
  };
}

/**
 * F30: 2 of 4 workers are killed while they send. What they had under way is sent again, so the
 * endpoint's `maxConcurrent` bounds the repeats.
 */
async function killedWorkers(maxConcurrent) {
  const jobs = Number(values.killed);
  const leaseMs = 3_000;
  const receiver = await startReceiver(RECEIVER_MS);
  const projectId = await openProject();
  const endpoint = await endpointOf(projectId, receiver.url, { maxConcurrent });
  const file = new URL("worker-process.mjs", import.meta.url);
  const workers = [];
  for (let n = 0; n < 4; n += 1) {
    const worker = fork(file, [postgres.url, APP_SECRET, String(leaseMs)]);
    children.push(worker);
    workers.push(worker);
    await once(worker, "message");
  }
  await queue(projectId, endpoint.id, { count: jobs });
  while ((await receiver.state()).count < jobs / 10) await sleep(1);
  const killedAt = Date.now();
  for (const worker of workers.slice(0, 2)) worker.kill("SIGKILL");
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(50)) {
    if ((await receiver.arrivals()).length >= jobs) break;
  }
  const elapsed = Date.now() - killedAt;
  // What is left for two workers when a lease ends is work, not delay.
  const drainMs = (jobs * RECEIVER_MS) / (2 * maxConcurrent);
  await sleep(leaseMs + 500);
  const { count } = await receiver.state();
  const arrivals = await receiver.arrivals();
  for (const worker of workers) worker.kill();
  const missing = jobs - arrivals.length;
  const repeats = count - arrivals.length;
  const most = 2 * maxConcurrent;
  return {
    name: `F30 two of four workers killed, ${maxConcurrent} at once`,
    telltale: `${arrivals.length} of ${jobs}, ${repeats} twice`,
    reference: `done after ${elapsed} ms`,
    ratio: "",
    goal: `none missing, ${most} twice, lease + 5 s`,
    ok: missing === 0 && repeats <= most && elapsed <= leaseMs + 5_000 + drainMs,
  };
}
