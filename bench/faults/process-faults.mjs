/** What dies, hangs or fills up behind the collector. */

import { fork, spawn } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startChaosProxy } from "./chaos-proxy.mjs";
import { post, SECRET_KEY, startSenders, track } from "./client.mjs";

/** Acknowledged and missing, and stored twice. */
async function judge(sql, acknowledged) {
  const rows = await sql`SELECT message_id AS id FROM events`;
  const stored = new Set(rows.map(({ id }) => id));
  const missing = [...acknowledged].filter((id) => !stored.has(id)).length;
  return { missing, twice: rows.length - stored.size };
}

/** Starts Postgres again as it was started: the same files, the same port. */
async function restart(command, folder) {
  const { uid, gid } = await stat(folder);
  const [file, ...args] = command
    .trim()
    .split(" ")
    .map((part) => part.replaceAll('"', ""));
  spawn(file, args, { uid, gid, detached: true, stdio: "ignore" }).unref();
}

async function until(isTrue, withinMs) {
  const startedAt = performance.now();
  while (performance.now() - startedAt < withinMs) {
    if (await isTrue()) return performance.now() - startedAt;
    await sleep(50);
  }
  return Number.POSITIVE_INFINITY;
}

export const processFaults = {
  "F01 collector killed": async ({ startCollector, freshPort, sql }) => {
    const env = { PORT: String(await freshPort()) };
    let server = await startCollector(env);
    const senders = startSenders(`http://127.0.0.1:${env.PORT}`);
    const kills = 10;
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(600);
      server.child.kill("SIGKILL");
      server = await startCollector(env);
    }
    await sleep(500);
    await senders.stop();
    await server.stop();
    const { missing, twice } = await judge(sql, senders.acknowledged);
    return [
      missing === 0 && twice === 0,
      `${kills} kills, ${senders.acknowledged.size} acknowledged, ${missing} lost, ${twice} stored twice`,
    ];
  },
  "F02 Postgres killed": async ({ url, sql, machine }) => {
    const senders = startSenders(url);
    await sleep(1_000);
    const pid = Number(
      (await readFile(join(machine.postgresFolder, "postmaster.pid"), "utf8")).split("\n")[0],
    );
    const command = await readFile(join(machine.postgresFolder, "postmaster.opts"), "utf8");
    process.kill(pid, "SIGKILL");
    await sleep(2_000);
    await restart(command, machine.postgresFolder);
    const ms = await until(async () => (await post(url, [track()])).status === 200, 15_000);
    await sleep(500);
    await senders.stop();
    const { missing, twice } = await judge(sql, senders.acknowledged);
    const { statuses, slowest, badRetryAfter } = senders.seen;
    return [
      missing === 0 && twice === 0 && ms <= 5_000 && !statuses.has(500) && badRetryAfter === 0,
      `${senders.acknowledged.size} acknowledged, ${missing} lost, ${twice} twice; answers ${[...statuses].sort().join("/")}, slowest ${(slowest / 1_000).toFixed(1)} s; well ${(ms / 1_000).toFixed(1)} s after the restart`,
    ];
  },
  "F03 answer lost": async ({ port, sql }) => {
    const proxy = await startChaosProxy({ host: "127.0.0.1", port });
    const url = `http://127.0.0.1:${proxy.port}`;
    const batches = Array.from({ length: 25 }, () => Array.from({ length: 20 }, () => track()));
    proxy.setMode("mute");
    const first = batches.map((batch) => post(url, batch));
    await sleep(1_500);
    proxy.cutAll();
    const unanswered = (await Promise.all(first)).filter(({ status }) => status === 0).length;
    proxy.setMode("pass");
    const again = await Promise.all(batches.map((batch) => post(url, batch)));
    const duplicates = again.reduce((sum, { body }) => sum + body.duplicates, 0);
    const ids = batches.flat().map(({ messageId }) => messageId);
    const rows = await sql`SELECT 1 FROM events WHERE message_id = ANY(${ids})`;
    await proxy.close();
    return [
      rows.length === 500 && duplicates === 500,
      `${unanswered} requests unanswered; resent 500: ${rows.length} rows, ${duplicates} told as duplicates`,
    ];
  },
  "F04 half-open database": async ({ startCollector, databaseUrl, freshPort }) => {
    const database = new URL(databaseUrl);
    const proxy = await startChaosProxy({ host: database.hostname, port: Number(database.port) });
    database.port = String(proxy.port);
    const server = await startCollector({
      DATABASE_URL: database.href,
      PORT: String(await freshPort()),
    });
    const url = `http://127.0.0.1:${server.port}`;
    await post(url, [track()]);
    const idle = (await server.costs()).rssMb;
    proxy.setMode("freeze");
    const body = JSON.stringify({
      batch: Array.from({ length: 200 }, () => track({ properties: { text: "x".repeat(1_500) } })),
    });
    const answers = [];
    let most = idle;
    const endsAt = performance.now() + 20_000;
    await Promise.all([
      ...Array.from({ length: 64 }, async () => {
        while (performance.now() < endsAt) answers.push(await post(url, null, { body }));
      }),
      (async () => {
        while (performance.now() < endsAt) {
          most = Math.max(most, (await server.costs()).rssMb);
          await sleep(250);
        }
      })(),
    ]);
    const rest = await fetch(`${url}/v1/accounts`, {
      headers: { authorization: `Bearer ${SECRET_KEY}` },
      signal: AbortSignal.timeout(40_000),
    }).then(
      ({ status }) => status,
      () => 0,
    );
    proxy.setMode("pass");
    const ms = await until(async () => (await post(url, [track()])).status === 200, 15_000);
    await server.stop();
    await proxy.close();
    const slowest = Math.max(...answers.map((one) => one.ms)) / 1_000;
    const statuses = [...new Set(answers.map(({ status }) => status))].sort();
    return [
      statuses.join() === "503" && slowest <= 3.5 && most - idle <= 256 && ms <= 5_000,
      `${answers.length} requests of 350 kB in 20 s: ${statuses.join("/")}, slowest ${slowest.toFixed(1)} s, memory +${(most - idle).toFixed(0)} MB; REST ${rest}; well after ${(ms / 1_000).toFixed(1)} s`,
    ];
  },
  "F05 pool starved": async ({ url, databaseUrl, machine, sql }) => {
    // What a hanging migration or a careless analyst does: a lock that stops every insert.
    const blocker = machine.connect(databaseUrl);
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    const locked = blocker.begin(async (tx) => {
      await tx`LOCK TABLE events IN ACCESS EXCLUSIVE MODE`;
      await held;
    });
    await sleep(300);
    const answers = await Promise.all(Array.from({ length: 30 }, () => post(url, [track()])));
    const health = await fetch(`${url}/healthz`).then(({ status }) => status);
    release();
    await locked;
    const ms = await until(async () => (await post(url, [track()])).status === 200, 10_000);
    await blocker.end({ timeout: 1 });
    const slowest = Math.max(...answers.map((one) => one.ms)) / 1_000;
    const [{ n }] = await sql`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`;
    return [
      answers.every(({ status }) => status === 503) &&
        slowest <= 3.5 &&
        ms <= 1_500 &&
        health === 200,
      `30 of 30 answered ${[...new Set(answers.map(({ status }) => status))].join("/")} within ${slowest.toFixed(1)} s; well ${(ms / 1_000).toFixed(1)} s after; ${n} locks wait`,
    ];
  },
  "F35 five migrate at once": async ({ machine }) => {
    const url = await machine.createDatabase();
    const file = fileURLToPath(new URL("migrate-process.mjs", import.meta.url));
    const exits = await Promise.all(
      Array.from({ length: 5 }, () => {
        const child = fork(file, [url], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
        return new Promise((resolve) => child.once("exit", resolve));
      }),
    );
    const sql = machine.connect(url);
    const rows = await sql`SELECT name FROM applied_migrations`;
    await sql.end({ timeout: 1 });
    return [
      exits.every((code) => code === 0),
      `exits ${exits.join(", ")}; ${rows.length} migrations, each once`,
    ];
  },
  "F37 drain": async ({ startCollector, freshPort, sql }) => {
    const server = await startCollector({ PORT: String(await freshPort()) });
    const url = `http://127.0.0.1:${server.port}`;
    const acknowledged = new Set();
    const statuses = new Map();
    let isOver = false;
    const sending = Promise.all(
      Array.from({ length: 20 }, async () => {
        while (!isOver) {
          const batch = [track(), track()];
          const { status } = await post(url, batch);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (status === 200) for (const { messageId } of batch) acknowledged.add(messageId);
          // Refused connections after the end are no failure: nothing was accepted.
          if (status === 0) return;
          await sleep(80);
        }
      }),
    );
    await sleep(1_500);
    const startedAt = performance.now();
    const exitCode = await server.stop();
    const seconds = (performance.now() - startedAt) / 1_000;
    isOver = true;
    await sending;
    const { missing } = await judge(sql, acknowledged);
    const failed = [...statuses]
      .filter(([status]) => status >= 400)
      .reduce((sum, [, count]) => sum + count, 0);
    return [
      exitCode === 0 && seconds <= 10 && missing === 0 && failed === 0,
      `${acknowledged.size} acknowledged, ${missing} lost, ${failed} refused while open; exit ${exitCode} after ${seconds.toFixed(1)} s`,
    ];
  },
};
