/** Deliveries over hours of failure, killed workers, broken transactions and changed secrets. */

import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { onScoreWritten } from "../../collector/dist/alerts/on-score-written.js";
import { signMessage } from "../../collector/dist/webhooks/sign-message.js";
import { countRows, seconds, until } from "./judge.mjs";
import { createScoreChange } from "./score-change.mjs";
import { APP_SECRET, openWebhooks } from "./webhook-stage.mjs";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const WORKER = fileURLToPath(new URL("../webhooks/worker-process.mjs", import.meta.url));

export const webhookFaults = {
  "F27 receiver down 75 h": async (arena) => {
    const stage = await openWebhooks(arena);
    const dead = await stage.receiver((response) => response.writeHead(500).end());
    const healthy = await stage.receiver();
    const { id } = await stage.endpoint(dead.url);
    await stage.endpoint(healthy.url);
    const startedAt = stage.time.now;
    await stage.publish();
    const loop = stage.loop();
    const planned = [0, 5, 305, 2_105, 9_305, 27_305, 63_305, 113_705, 185_705, 272_105];
    let worst = 0;
    let before = startedAt;
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await loop.tick();
      const [delivery] = await stage.deliveries(id);
      if (attempt === 10) break;
      const wait = (planned[attempt] - planned[attempt - 1]) * 1_000;
      const next = delivery.next_attempt_at.getTime();
      worst = Math.max(worst, Math.abs((next - before) / wait - 1));
      before = next;
      stage.time.now = next;
    }
    const [last] = await stage.deliveries(id);
    await loop.tick();
    const notices = healthy.received.filter(({ body }) => body.includes("data.incident")).length;
    const hours = (stage.time.now - startedAt) / HOUR;
    return [
      dead.received.length === 10 &&
        worst <= 0.2 &&
        last.failure_reason === "exhausted" &&
        notices === 1,
      `${dead.received.length} tries over ${hours.toFixed(1)} h, each wait within ${(worst * 100).toFixed(0)} % of plan (contract: ±20 %); then ${last.failure_reason}, ${notices} notice`,
    ];
  },

  "F28 flapping receiver": async (arena) => {
    const stage = await openWebhooks(arena);
    let status = 500;
    const flapping = await stage.receiver((response) => response.writeHead(status).end());
    const gone = await stage.receiver((response) => response.writeHead(410).end());
    const { id } = await stage.endpoint(flapping.url);
    const loop = stage.loop();
    const send = async () => {
      await stage.publish();
      await loop.tick();
    };
    const fail = async (days) => {
      status = 500;
      await send();
      stage.time.now += days * DAY;
      await send();
      return stage.endpointState(id);
    };
    const first = await fail(4.9);
    status = 200;
    stage.time.now += 60_000;
    await send();
    const second = await fail(4.9);
    stage.time.now += 0.2 * DAY;
    await send();
    const third = await stage.endpointState(id);
    const other = await stage.endpoint(gone.url);
    await send();
    const fourth = await stage.endpointState(other.id);
    return [
      [first, second, third, fourth].join() === "enabled,enabled,disabled,disabled",
      `failing 4.9 d: ${first}; one 200, 4.9 d more: ${second}; 5 d straight: ${third}; 410: ${fourth} at once`,
    ];
  },

  "F29 429 and Retry-After": async (arena) => {
    const stage = await openWebhooks(arena);
    const busy = await stage.receiver((response) =>
      response.writeHead(429, { "retry-after": "120" }).end(),
    );
    const { id } = await stage.endpoint(busy.url);
    const loop = stage.loop();
    await stage.publish();
    await loop.tick();
    const [delivery] = await stage.deliveries(id);
    const wait = (delivery.next_attempt_at.getTime() - stage.time.now) / 1_000;
    for (let more = 0; more < 5; more += 1) await stage.publish();
    const meanwhile = await loop.tick();
    stage.time.now += 133_000;
    const after = await loop.tick();
    return [
      wait >= 120 && wait <= 132 && meanwhile === 0 && after === 1,
      `next try after ${wait.toFixed(0)} s; of 6 waiting, ${meanwhile} sent meanwhile and ${after} at a time after`,
    ];
  },

  "F30 workers killed": async (arena) => {
    const stage = await openWebhooks(arena);
    const jobs = 200;
    const leaseMs = 3_000;
    const receiver = await stage.receiver((response) => {
      setTimeout(() => response.writeHead(204).end(), 25);
    });
    // A queue as short as this goes out one at a time, so each killed worker leaves one unknown.
    await stage.endpoint(receiver.url);
    const workers = [];
    for (let worker = 0; worker < 4; worker += 1) {
      const child = fork(WORKER, [arena.databaseUrl, APP_SECRET, String(leaseMs)]);
      arena.defer(() => child.kill("SIGKILL"));
      await once(child, "message");
      workers.push(child);
    }
    await stage.database.sql.begin(async (tx) => {
      for (let sent = 0; sent < jobs; sent += 1) await stage.publish(Date.now(), tx);
    });
    await until(() => receiver.received.length >= jobs / 10, 10_000);
    const killedAt = performance.now();
    for (const worker of workers.slice(0, 2)) worker.kill("SIGKILL");
    const ids = () => new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
    await until(() => ids().size >= jobs, 30_000);
    const ms = performance.now() - killedAt;
    await sleep(leaseMs + 1_000);
    const twice = receiver.received.length - ids().size;
    return [
      ids().size === jobs && twice <= 2 && ms <= leaseMs + 5_000,
      `2 of 4 killed: ${ids().size} of ${jobs} delivered, ${twice} sent twice under the same webhook-id, done ${seconds(ms)} s after (lease ${leaseMs / 1_000} s)`,
    ];
  },

  "F31 crash in a score's transaction": async (arena) => {
    const stage = await openWebhooks(arena);
    const { sql } = stage.database;
    const receiver = await stage.receiver();
    await stage.endpoint(receiver.url);
    const change = createScoreChange(stage.projectId);
    await sql.begin((tx) => onScoreWritten(tx, change(82, "healthy")));
    const state = async () =>
      JSON.stringify([
        await countRows(sql, "alerts"),
        await countRows(sql, "webhook_messages"),
        await countRows(sql, "webhook_deliveries"),
      ]);
    const before = await state();
    const crash = new Error("crash");
    let torn = 0;
    let points = 0;
    for (let isDone = false; !isDone; points += 1) {
      let left = points;
      const countDown = () => {
        if (left === 0) throw crash;
        left -= 1;
      };
      try {
        await sql.begin(async (tx) => {
          const counted = new Proxy(tx, {
            apply(target, self, given) {
              if (given[0]?.raw) countDown();
              return Reflect.apply(target, self, given);
            },
          });
          await onScoreWritten(counted, change(30, "critical", { isRepeat: true }));
          countDown();
        });
        isDone = true;
      } catch (error) {
        if (error !== crash) throw error;
        if ((await state()) !== before) torn += 1;
      }
    }
    const [alerts, messages, deliveries] = JSON.parse(await state());
    return [
      torn === 0 && points > 3 && alerts === 1 && deliveries === messages,
      `thrown at ${points - 1} places: ${torn} left a trace; then ${alerts} alert, ${messages} messages, ${deliveries} deliveries`,
    ];
  },

  "F32 secret rotation": async (arena) => {
    const stage = await openWebhooks(arena);
    const receiver = await stage.receiver();
    const endpoint = await stage.endpoint(receiver.url);
    const loop = stage.loop();
    const send = async (count) => {
      const from = receiver.received.length;
      for (let sent = 0; sent < count; sent += 1) await stage.publish();
      while ((await loop.tick()) > 0);
      return receiver.received.slice(from);
    };
    const verifies = ({ headers, body }, secret) => {
      const id = headers["webhook-id"];
      const timestampSeconds = Number(headers["webhook-timestamp"]);
      const signed = signMessage({ id, timestampSeconds, body }, [secret])["webhook-signature"];
      return headers["webhook-signature"].split(" ").includes(signed);
    };
    const count = (messages, secret) => messages.filter((one) => verifies(one, secret)).length;
    const under = send(50);
    await sleep(20);
    const rotated = await stage.rotate(endpoint.id);
    const during = await under;
    const after = await send(50);
    stage.time.now += DAY - 1_000;
    const late = await send(50);
    stage.time.now += 2_000;
    const over = await send(50);
    const day = [...after, ...late];
    const figures = [
      count([...during, ...day], endpoint.secret),
      count(day, rotated.secret),
      count(over, endpoint.secret),
      count(over, rotated.secret),
    ];
    return [
      figures.join() === "150,100,0,50",
      `the old secret verifies ${figures[0]} of 150 around the rotation and up to 24 h, the new one ${figures[1]} of 100 after it; at 24 h + 1 s the old ${figures[2]}, the new ${figures[3]} of 50`,
    ];
  },
};
