/** Processes that are killed, started twice, or asked to end. */

import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { stopPostmaster } from "../../collector/dist/db/embedded/cluster.js";
import { startEmbeddedPostgres } from "../../collector/dist/db/embedded/start.js";
import { recountUsage } from "../../collector/dist/operations/recount-usage.js";
import { findFreePort } from "./arena.mjs";
import { post, SECRET_KEY, startSenders, track, WRITE_KEY } from "./client.mjs";
import { judge, seconds, until } from "./judge.mjs";

const CLI = fileURLToPath(new URL("../../collector/bin/telltale.js", import.meta.url));
const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** The process of a Postgres, by its files; 0 when there is none. */
async function findPostmaster(folder) {
  const text = await readFile(join(folder, "postmaster.pid"), "utf8").catch(() => "");
  return Number(text.split("\n")[0]);
}

/** Starts Postgres again as it was started: the same files, the same port. */
async function restart(command, folder) {
  const { uid, gid } = await stat(folder);
  const [file, ...args] = command
    .trim()
    .split(" ")
    .map((part) => part.replaceAll('"', ""));
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const child = spawn(file, args, { uid, gid, detached: true, stdio: "ignore" });
    child.unref();
    // Sessions of the killed one may still hold its memory: then it ends at once.
    const isGone = await Promise.race([once(child, "exit"), sleep(150).then(() => null)]);
    if (!isGone) return;
  }
}

/** `telltale serve` on an embedded Postgres of its own, until it says how to end it. */
async function serveEmbedded(dataDir, port) {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [CLI, "serve", "--port", String(port)], {
    cwd: dataDir,
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      DATABASE_URL: "",
      TELLTALE_DEMO: "0",
      TELLTALE_WRITE_KEY: WRITE_KEY,
      TELLTALE_SECRET_KEY: SECRET_KEY,
      LOG_LEVEL: "silent",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const ended = once(child, "close");
  await until(() => output.includes("Ctrl-C") || child.exitCode !== null, 30_000);
  return { child, ended, ms: performance.now() - startedAt, output: () => output };
}

export const processFaults = {
  "F01 collector killed": async ({ startCollector, sql }) => {
    const PORT = String(await findFreePort());
    let collector = await startCollector({ PORT });
    const senders = startSenders(collector.url);
    const kills = 20;
    for (let kill = 0; kill < kills; kill += 1) {
      await sleep(200 + (kill % 5) * 100);
      await collector.stop("SIGKILL");
      collector = await startCollector({ PORT });
    }
    await sleep(500);
    await senders.stop();
    const { missing, twice } = await judge(sql, senders.acknowledged);
    return [
      missing === 0 && twice === 0,
      `${kills} kills, ${senders.acknowledged.size} acknowledged, ${missing} lost, ${twice} stored twice`,
    ];
  },

  "F02 Postgres killed": async ({ machine, startCollector, openDatabase, defer }) => {
    const dataDir = join(machine.folder, "killed");
    const { url: DATABASE_URL, folder } = await startEmbeddedPostgres({ dataDir });
    defer(async () => {
      await stopPostmaster(await findPostmaster(folder));
      await rm(dataDir, { recursive: true, force: true });
    });
    const command = await readFile(join(folder, "postmaster.opts"), "utf8");
    const { url, child } = await startCollector({ DATABASE_URL });
    const { sql } = openDatabase(DATABASE_URL);
    const senders = startSenders(url);
    const recoveries = [];
    for (let kill = 0; kill < 20; kill += 1) {
      await sleep(300 + (kill % 3) * 200);
      process.kill(await findPostmaster(folder), "SIGKILL");
      await sleep(kill === 0 ? 2_000 : 200);
      await restart(command, folder);
      recoveries.push(await until(async () => (await post(url, [track()])).status === 200, 15_000));
      if (child.exitCode !== null) break;
    }
    await sleep(300);
    await senders.stop();
    const { missing, twice } = await judge(sql, senders.acknowledged);
    const { statuses, slowest, badRetryAfter } = senders.seen;
    const longest = Math.max(...recoveries);
    const differences = await recountUsage(sql);
    return [
      differences.length === 0 &&
        missing === 0 &&
        twice === 0 &&
        longest <= 5_000 &&
        !statuses.has(500) &&
        !badRetryAfter,
      `${recoveries.length} kills, ${child.exitCode === null ? "" : "the collector died; "}${senders.acknowledged.size} acknowledged, ${missing} lost, ${twice} stored twice; answers ${[...statuses].sort().join("/")}, slowest ${seconds(slowest)} s; well ${seconds(longest)} s after a restart at most`,
    ];
  },

  "F34 two schedulers": async ({ databaseUrl, sql }) => {
    const start = async () => {
      const child = fork(here("tick-process.mjs"), [databaseUrl]);
      await once(child, "message");
      return child;
    };
    const [leader, other] = [await start(), await start()];
    const ran = () => sql`
      SELECT due_at, finished_at IS NOT NULL AS is_finished FROM schedule_runs
      WHERE name = 'fault-tick' ORDER BY due_at`;
    await until(async () => (await ran()).length >= 8, 15_000);
    leader.kill("SIGKILL");
    await until(async () => (await ran()).length >= 20, 20_000);
    other.kill("SIGTERM");
    await once(other, "exit");
    const rows = await ran();
    const runs = await sql`SELECT due_at FROM fault_ticks`;
    const times = rows.map(({ due_at }) => due_at.getTime());
    const longest = Math.max(...times.slice(1).map((at, nth) => at - times[nth]));
    const twice = runs.length - new Set(runs.map(({ due_at }) => due_at.getTime())).size;
    const lost = rows.length - runs.length;
    return [
      rows.length >= 20 && twice === 0 && lost <= 1 && longest <= 2_000,
      `${rows.length} ticks by two processes, one killed: ${twice} run twice, ${lost} lost with the killed one, longest gap ${seconds(longest)} s`,
    ];
  },

  "F35 five migrate at once": async ({ machine }) => {
    const url = await machine.createDatabase();
    const exits = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const [code] = await once(fork(here("migrate-process.mjs"), [url]), "exit");
        return code;
      }),
    );
    const sql = machine.connect(url);
    const rows = await sql`SELECT name FROM applied_migrations`;
    await sql.end({ timeout: 1 });
    const isEachOnce = rows.length === new Set(rows.map(({ name }) => name)).size;
    return [
      exits.every((code) => code === 0) && isEachOnce,
      `exits ${exits.join(", ")}; ${rows.length} migrations, each recorded once`,
    ];
  },

  "F36 orphan Postgres": async ({ machine, defer }) => {
    const dataDir = join(machine.folder, "orphan");
    await mkdir(dataDir, { mode: 0o755 });
    defer(() => rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const killed = await serveEmbedded(dataDir, port);
    const before = track();
    await post(url, [before]);
    killed.child.kill("SIGKILL");
    await killed.ended;
    const next = await serveEmbedded(dataDir, port);
    const again = await post(url, [before]);
    const isAdopted = next.output().includes("took over");
    next.child.kill("SIGTERM");
    const [exitCode] = await next.ended;
    const blocker = createServer().listen(port, "127.0.0.1");
    await once(blocker, "listening");
    const refused = await serveEmbedded(dataDir, port);
    blocker.close();
    const isClear = /is taken/.test(refused.output()) && /--port \d+/.test(refused.output());
    return [
      isAdopted && next.ms <= 5_000 && again.body?.duplicates === 1 && exitCode === 0 && isClear,
      `up again after ${seconds(next.ms)} s, ${isAdopted ? "the orphan adopted" : "not adopted"}, the event ${again.body?.duplicates ? "still there" : "gone"}, exit ${exitCode}; port taken: ${isClear ? "says so and names the next free one" : refused.output().slice(0, 200)}`,
    ];
  },

  "F37 drain": async ({ startCollector, sql }) => {
    const collector = await startCollector();
    const acknowledged = new Set();
    const statuses = new Map();
    let isOver = false;
    const sending = Promise.all(
      Array.from({ length: 20 }, async () => {
        while (!isOver) {
          const batch = [track(), track()];
          const { status } = await post(collector.url, batch);
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
    const exitCode = await collector.stop();
    const ms = performance.now() - startedAt;
    isOver = true;
    await sending;
    const { missing } = await judge(sql, acknowledged);
    const failed = [...statuses]
      .filter(([status]) => status >= 400)
      .reduce((sum, [, count]) => sum + count, 0);
    return [
      exitCode === 0 && ms <= 10_000 && missing === 0 && failed === 0,
      `${acknowledged.size} acknowledged, ${missing} lost, ${failed} refused while open; exit ${exitCode} after ${seconds(ms)} s`,
    ];
  },
};
