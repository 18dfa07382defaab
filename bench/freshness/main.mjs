/**
 * How old is what people see and hear? A real collector with its worker takes light traffic of 50
 * accounts, as a browser SDK sends it, beside bulk traffic of 100 others. Measured from an event's
 * answer: until its account is scored again, and until webhooks that follow from it are received.
 *
 * `npm run bench:freshness -- --seconds 30 --perSecond 150 --background 500`
 */

import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { load, startMachine, startServer } from "../collector/machine.mjs";
import { newId, SECRET_KEY, WRITE_KEY } from "../faults/client.mjs";
import { createFreshness } from "./watch-scores.mjs";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "30" },
    perSecond: { type: "string", default: "150" },
    background: { type: "string", default: "500" },
  },
});
const ACCOUNTS = 50;
const PAST_DAYS = 28;
const BATCH = 5;
const DAY = 86_400_000;
const FEATURES = ["export", "report", "invite", "filter", "share"];
/** Each run has its own accounts, whose scores its traffic moves. */
const accountOf = (group, n) => `${group}-${n % ACCOUNTS}`;

const machine = await startMachine(["track_commit_timestamp=on"]);
const databaseUrl = await machine.createDatabase();
const server = await startServer("../faults/collector-process.mjs", {
  DATABASE_URL: databaseUrl,
  DATA_DIR: `${machine.folder}/data`,
  TELLTALE_ROLE: "all",
  ALLOW_PRIVATE_WEBHOOKS: "1",
});
const url = `http://127.0.0.1:${server.port}`;
const sql = machine.connect(databaseUrl);
let exitCode = 1;
try {
  const { received, webhookUrl } = await startReceiver();
  await prepare(webhookUrl);
  const quiet = await run("at rest", {
    group: "calm",
    seconds: Number(values.seconds) / 2,
    background: 0,
  });
  const loaded = await run("under load", {
    group: "busy",
    seconds: Number(values.seconds),
    background: Number(values.background),
  });
  const rows = [...quiet, ...loaded];
  console.table(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])));
  exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

  /** Sends for so long, waits for what is to come, and tells the delays. */
  async function run(when, { group, seconds, background }) {
    const freshness = createFreshness(sql);
    received.length = 0;
    // One connection that is never idle: the server closes those that are.
    const bulk = { port: server.port, connections: 1, events: 50, seconds };
    const beside = background > 0 ? load({ ...bulk, perSecond: background / 50 }) : null;
    const milestones = await send(freshness, { group, seconds });
    const bulkEvents = (await beside)?.events ?? 0;
    console.log(`${when}: ${Math.round(bulkEvents / seconds)} bulk events a second beside`);
    await freshness.settle(15_000);
    for (let waited = 0; waited < 100 && milestones.size > reached().length; waited += 1) {
      await sleep(100);
    }
    function reached() {
      return received.filter(({ type }) => type === "milestone.reached");
    }
    const scored = freshness.delays();
    const direct = reached().map(({ at, data }) => at - milestones.get(data.milestone));
    const derived = received
      .filter(({ type }) => type === "account.score_changed")
      .flatMap(({ at, data, timestamp }) => {
        const oldest = freshness.oldestBehind(data.account.id, Date.parse(timestamp));
        return oldest === null ? [] : [at - oldest];
      });
    const missing = milestones.size - direct.length + freshness.unscored();
    return [
      toRow(`${when}: event → its account scored again`, scored, { most: 5_000, missing }),
      toRow(`${when}: milestone → its webhook received`, direct, { most: 6_000, missing }),
      toRow(`${when}: event → webhook of the changed score`, derived, { most: 6_000, missing }),
    ];
  }
} finally {
  await sql.end({ timeout: 2 });
  await server.stop();
  await machine.stop();
}
process.exit(exitCode);

function toRow(name, delays, { most, missing }) {
  const sorted = delays.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  const ok = sorted.length > 0 && at(0.95) <= most && missing === 0;
  return {
    name,
    n: sorted.length,
    "p50 ms": Math.round(at(0.5)),
    "p95 ms": Math.round(at(0.95)),
    "most ms": Math.round(at(1)),
    goal: `p95 <= ${most}`,
    missing,
    ok,
  };
}

async function startReceiver() {
  const received = [];
  const receiver = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(204).end();
      received.push({ at: Date.now(), ...JSON.parse(Buffer.concat(chunks).toString()) });
    });
  });
  await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  receiver.unref();
  return { received, webhookUrl: `http://127.0.0.1:${receiver.address().port}/` };
}

async function ask(method, path, body) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.status === 204 ? null : response.json();
}

/** A past of four weeks, norms made of it, and an endpoint that wants everything. */
async function prepare(webhookUrl) {
  await ask("PATCH", "/v1/project", {
    rateLimits: { requestsPerSecond: 1e6, perAddressPerSecond: 1e6 },
  });
  const past = [];
  for (let day = PAST_DAYS; day > 0; day -= 1) {
    for (let n = 0; n < 2 * ACCOUNTS; n += 1) {
      const account = accountOf(n % 2 === 0 ? "calm" : "busy", n >> 1);
      for (let use = 0; use < 4; use += 1) past.push(toEvent(account, use, Date.now() - day * DAY));
    }
  }
  for (let at = 0; at < past.length; at += 500) {
    await ask("POST", "/v1/batch", { batch: past.slice(at, at + 500) });
  }
  await ask("POST", "/v1/score", {});
  for (let left = 1; left > 0; await sleep(200)) {
    [{ left }] = await sql`SELECT count(*)::int AS left FROM rescore_queue`;
  }
  await ask("POST", "/v1/webhook-endpoints", { url: webhookUrl });
}

function toEvent(account, n, at) {
  return {
    type: "track",
    event: "Feature Used",
    messageId: newId(),
    userId: `${account}-user-${n % 8}`,
    timestamp: new Date(at).toISOString(),
    properties: { feature: FEATURES[n % FEATURES.length], stage: "adopted" },
    context: { groupId: account },
  };
}

/** @returns when each milestone's event was answered, by the milestone */
async function send(freshness, { group, seconds }) {
  const perBatch = (BATCH * 1_000) / Number(values.perSecond);
  const milestones = new Map();
  const under = new Set();
  const startedAt = Date.now();
  for (let sent = 0; Date.now() < startedAt + seconds * 1_000; sent += 1) {
    const account = accountOf(group, sent * 7);
    const batch = Array.from({ length: BATCH }, (_, n) => toEvent(account, sent + n, Date.now()));
    const milestone = sent % 10 === 0 ? `m-${newId()}` : null;
    if (milestone) {
      const properties = { milestone };
      batch.push({ ...toEvent(account, sent, Date.now()), event: "Milestone Reached", properties });
    }
    const one = fetch(`${url}/v1/batch`, {
      method: "POST",
      headers: { authorization: `Bearer ${WRITE_KEY}` },
      body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
    }).then(async (response) => {
      if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
      await response.json();
      freshness.touched(account, batch[0].messageId);
      if (milestone) milestones.set(milestone, Date.now());
    });
    under.add(one);
    one.finally(() => under.delete(one));
    await sleep(Math.max(0, startedAt + (sent + 1) * perBatch - Date.now()));
  }
  await Promise.all(under);
  return milestones;
}
