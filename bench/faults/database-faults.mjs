/** A database that is silent, locked or full, and answers that get lost on the way. */

import { spawnSync } from "node:child_process";
import { chown, mkdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startChaosProxy } from "./chaos-proxy.mjs";
import { post, SECRET_KEY, track } from "./client.mjs";
import { judge, seconds, until } from "./judge.mjs";

const statusesOf = (answers) => [...new Set(answers.map(({ status }) => status))].sort().join("/");
const slowestOf = (answers) => Math.max(...answers.map(({ ms }) => ms));

export const databaseFaults = {
  "F03 answer lost": async ({ startCollector, sql }) => {
    const { port } = await startCollector();
    const proxy = await startChaosProxy({ host: "127.0.0.1", port });
    const url = `http://127.0.0.1:${proxy.port}`;
    const batches = Array.from({ length: 25 }, () => Array.from({ length: 20 }, () => track()));
    proxy.setMode("mute");
    const first = batches.map((batch) => post(url, batch));
    await until(async () => (await sql`SELECT 1 FROM events`).length === 500, 5_000);
    proxy.cutAll();
    const unanswered = (await Promise.all(first)).filter(({ status }) => status === 0).length;
    proxy.setMode("pass");
    const again = await Promise.all(batches.map((batch) => post(url, batch)));
    const duplicates = again.reduce((sum, { body }) => sum + body.duplicates, 0);
    const rows = await sql`SELECT 1 FROM events`;
    await proxy.close();
    return [
      unanswered === 25 && rows.length === 500 && duplicates === 500,
      `${unanswered} requests unanswered; resent 500: ${rows.length} rows, ${duplicates} told as duplicates`,
    ];
  },

  "F04 half-open database": async ({ startCollector, databaseUrl }) => {
    const database = new URL(databaseUrl);
    const proxy = await startChaosProxy({ host: database.hostname, port: Number(database.port) });
    database.port = String(proxy.port);
    const collector = await startCollector({ DATABASE_URL: database.href });
    const { url } = collector;
    await post(url, [track()]);
    const idle = (await collector.look()).rssMb;
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
          most = Math.max(most, (await collector.look()).rssMb);
          await sleep(100);
        }
      })(),
    ]);
    const startedAt = performance.now();
    const rest = await fetch(`${url}/v1/accounts`, {
      headers: { authorization: `Bearer ${SECRET_KEY}` },
      signal: AbortSignal.timeout(10_000),
    }).then(
      ({ status }) => status,
      () => 0,
    );
    const restMs = performance.now() - startedAt;
    proxy.setMode("pass");
    const ms = await until(async () => (await post(url, [track()])).status === 200, 15_000);
    await collector.stop();
    await proxy.close();
    const slowest = slowestOf(answers);
    return [
      statusesOf(answers) === "503" &&
        slowest <= 3_000 &&
        rest === 503 &&
        most - idle <= 256 &&
        ms <= 5_000,
      `${answers.length} requests of 350 kB in 20 s: ${statusesOf(answers)}, slowest ${seconds(slowest)} s, memory +${(most - idle).toFixed(0)} MB; REST ${rest} after ${seconds(restMs)} s; well ${seconds(ms)} s after`,
    ];
  },

  "F05 pool starved": async ({ startCollector, databaseUrl, machine, sql }) => {
    const collector = await startCollector();
    const { url } = collector;
    await post(url, [track()]);
    const idle = (await collector.look()).rssMb;
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
    const answers = await Promise.all(Array.from({ length: 200 }, () => post(url, [track()])));
    const health = await fetch(`${url}/healthz`).then(({ status }) => status);
    const growth = (await collector.look()).rssMb - idle;
    release();
    await locked;
    const ms = await until(async () => (await post(url, [track()])).status === 200, 10_000);
    await blocker.end({ timeout: 1 });
    const slowest = slowestOf(answers);
    const [{ n }] = await sql`SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`;
    return [
      statusesOf(answers) === "503" &&
        slowest <= 3_000 &&
        growth < 100 &&
        ms <= 1_000 &&
        health === 200 &&
        n === 0,
      `200 of 200 answered ${statusesOf(answers)} within ${seconds(slowest)} s, memory +${growth.toFixed(0)} MB, healthz ${health}; well ${seconds(ms)} s after; ${n} locks wait`,
    ];
  },

  "F06 disk full": async ({
    machine,
    admin,
    copyTemplate,
    startCollector,
    openDatabase,
    defer,
  }) => {
    const folder = join(machine.folder, "small");
    await mkdir(folder);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64m", "tmpfs", folder]);
    if (mounted.status !== 0) return [true, "not run: mounting a tmpfs is refused here"];
    defer(() => spawnSync("umount", [folder]));
    const { uid, gid } = await stat(machine.postgresFolder);
    const space = join(folder, "space");
    await mkdir(space);
    await chown(space, uid, gid);
    await admin(`CREATE TABLESPACE small LOCATION '${space}'`);
    defer(() => admin("DROP TABLESPACE small"));
    const DATABASE_URL = await copyTemplate("TABLESPACE small");
    const name = new URL(DATABASE_URL).pathname.slice(1);
    defer(() => admin(`DROP DATABASE ${name} WITH (FORCE)`));
    const { sql } = openDatabase(DATABASE_URL);
    const collector = await startCollector({ DATABASE_URL });
    const ballast = join(folder, "ballast");
    const acknowledged = new Set();
    const answers = [];
    await writeFile(ballast, Buffer.alloc(12 * 1024 * 1024)).catch(() => {});
    while (answers.at(-3)?.status !== 503 && answers.length < 500) {
      const batch = Array.from({ length: 200 }, () =>
        track({ properties: { text: "x".repeat(1_500) } }),
      );
      const answer = await post(collector.url, batch);
      answers.push(answer);
      if (answer.status === 200) for (const { messageId } of batch) acknowledged.add(messageId);
    }
    const codes = statusesOf(answers);
    await rm(ballast);
    const ms = await until(async () => {
      const message = track();
      const { status } = await post(collector.url, [message]);
      if (status === 200) acknowledged.add(message.messageId);
      return status === 200;
    }, 10_000);
    const { missing, twice } = await judge(sql, acknowledged);
    return [
      codes === "200/503" && missing === 0 && twice === 0 && ms <= 2_000,
      `tables on a 64 MB tmpfs: ${codes} as it filled, ${acknowledged.size} acknowledged, ${missing} lost; well ${seconds(ms)} s after space was freed, without a restart`,
    ];
  },
};
