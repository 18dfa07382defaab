/**
 * How fast are webhooks delivered, what does a dead endpoint cost the others, and what is left of
 * deliveries whose worker is killed? Real Postgres, real sockets, the receiver in its own process.
 *
 * `npm run bench:webhooks -- --messages 5000 --dead 100000`
 */

import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
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
  },
});
const MESSAGES = Number(values.messages);
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
const { sql } = database;
const children = [];
let exitCode = 0;
try {
  const rows = [await deliveryRate(), await deadNeighbour("refuses"), await deadNeighbour("hangs")];
  rows.push(await latency(), await killedWorkers());
  console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])));
  exitCode = rows.every((row) => row.ok) ? 0 : 1;
} finally {
  for (const child of children) child.kill();
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(exitCode);

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
    async waitFor(count, timeoutMs = 120_000) {
      for (const until = Date.now() + timeoutMs; Date.now() < until; await sleep(20)) {
        if ((await state()).count >= count) return;
      }
      throw new Error(`only ${(await state()).count} of ${count} deliveries arrived`);
    },
  };
}

async function openProject() {
  const { project } = await createProject(database.db, Date.now, { name: "Bench" });
  return project.id;
}

function endpointOf(projectId, url) {
  const policy = { isPrivateAllowed: true, allowedHosts: [] };
  return createEndpoint(
    { db: database.db, clock: Date.now, appSecret: APP_SECRET, policy },
    { projectId, url, description: "", types: [] },
  );
}

function openLoop() {
  return createDeliveryLoop({
    database,
    clock: Date.now,
    appSecret: APP_SECRET,
    logger: createLogger("silent"),
    isPrivateAllowed: true,
    allowedHosts: [],
  });
}

/** Messages with one pending delivery each, written at once; publishing them is not what is measured. */
async function queue(projectId, endpointId, count) {
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

async function deliveryRate() {
  const receiver = await startReceiver();
  const sender = createSender({ isPrivateAllowed: true, allowedHosts: [] });
  const secret = createWebhookSecret();
  const bare = async () => {
    let left = MESSAGES;
    const startedAt = performance.now();
    const lane = async () => {
      while (left-- > 0) {
        const signed = { id: randomUUID(), timestampSeconds: 1_760_000_000, body: BODY };
        const headers = { "content-type": "application/json", ...signMessage(signed, [secret]) };
        await sender.send({ url: receiver.url, headers, body: BODY });
      }
    };
    await Promise.all(Array.from({ length: CONCURRENT }, lane));
    return (MESSAGES / (performance.now() - startedAt)) * 1_000;
  };
  await bare();
  const before = await bare();
  const projectId = await openProject();
  const endpoint = await endpointOf(projectId, receiver.url);
  await queue(projectId, endpoint.id, MESSAGES);
  const { count } = await receiver.state();
  const loop = openLoop();
  const startedAt = performance.now();
  loop.start();
  await receiver.waitFor(count + MESSAGES);
  const rate = (MESSAGES / (performance.now() - startedAt)) * 1_000;
  await loop.stop();
  const reference = (before + (await bare())) / 2;
  await sender.close();
  const ratio = rate / reference;
  return {
    name: "deliveries per second",
    telltale: Math.round(rate),
    reference: Math.round(reference),
    ratio: ratio.toFixed(2),
    goal: ">= 0.5",
    ok: ratio >= 0.5,
  };
}

async function deadNeighbour(how) {
  const healthyMessages = 1_000;
  const timed = async (dead) => {
    const receiver = await startReceiver();
    const projectId = await openProject();
    if (dead) {
      const url = how === "refuses" ? "http://127.0.0.1:9/" : await hangingUrl();
      const { id } = await endpointOf(projectId, url);
      await queue(projectId, id, Number(values.dead));
    }
    const healthy = await endpointOf(projectId, receiver.url);
    const loop = openLoop();
    loop.start();
    await sleep(dead ? 2_000 : 300);
    const startedAt = performance.now();
    await queue(projectId, healthy.id, healthyMessages);
    await receiver.waitFor(healthyMessages);
    const elapsed = performance.now() - startedAt;
    await loop.stop();
    await sql`DELETE FROM webhook_deliveries`;
    return elapsed;
  };
  await timed(false);
  const alone = Math.min(await timed(false), await timed(false));
  const beside = Math.min(await timed(true), await timed(true));
  const ratio = beside / alone;
  return {
    name: `${values.dead} to an endpoint that ${how}: delay of another`,
    telltale: `${Math.round(beside)} ms`,
    reference: `${Math.round(alone)} ms`,
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
  await receiver.waitFor(400);
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

/** F30: 2 of 4 workers are killed while they send. */
async function killedWorkers() {
  const jobs = Number(values.killed);
  const leaseMs = 3_000;
  const receiver = await startReceiver(100);
  const projectId = await openProject();
  const endpoint = await endpointOf(projectId, receiver.url);
  const file = new URL("worker-process.mjs", import.meta.url);
  const workers = [];
  for (let n = 0; n < 4; n += 1) {
    const worker = fork(file, [postgres.url, APP_SECRET, String(leaseMs)]);
    children.push(worker);
    workers.push(worker);
    await once(worker, "message");
  }
  await queue(projectId, endpoint.id, jobs);
  while ((await receiver.state()).count < jobs / 10) await sleep(1);
  const killedAt = Date.now();
  for (const worker of workers.slice(0, 2)) worker.kill("SIGKILL");
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(50)) {
    if ((await receiver.arrivals()).length >= jobs) break;
  }
  const elapsed = Date.now() - killedAt;
  await sleep(leaseMs + 500);
  const { count } = await receiver.state();
  const arrivals = await receiver.arrivals();
  for (const worker of workers) worker.kill();
  const missing = jobs - arrivals.length;
  return {
    name: "F30 two of four workers killed",
    telltale: `${arrivals.length} of ${jobs}, ${count - arrivals.length} twice`,
    reference: `done after ${elapsed} ms`,
    ratio: "",
    goal: "none missing, lease + 5 s",
    ok: missing === 0 && elapsed <= leaseMs + 5_000,
  };
}
