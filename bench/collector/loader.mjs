/**
 * Loads a server from a process of its own, over bare sockets, so that the client takes little of
 * the machine. Argument: JSON of { port, key, connections, events, seconds or requests, perSecond? };
 * with perSecond each request has a time to start at, and what it waits for a free connection counts as
 * latency; else each connection sends as soon as it is answered.
 */

import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createBodies } from "./events.mjs";

const options = JSON.parse(process.argv[2]);
const { port, key, connections, events, perSecond } = options;
const { seconds = Number.POSITIVE_INFINITY, requests = Number.POSITIVE_INFINITY } = options;
const makeBody = createBodies(process.pid % 0xffff);
const result = { requests: 0, events: 0, failures: 0, latencies: [] };

function open() {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: "127.0.0.1", noDelay: true });
    let answer = "";
    let waiting = null;
    socket.setEncoding("latin1");
    socket.once("error", reject);
    socket.on("close", () => waiting?.(0));
    socket.on("data", (text) => {
      answer += text;
      const head = answer.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = /content-length: (\d+)/i.exec(answer.slice(0, head));
      const isWhole = length
        ? answer.length >= head + 4 + Number(length[1])
        : answer.endsWith("0\r\n\r\n");
      if (!isWhole) return;
      const status = Number(answer.slice(9, 12));
      answer = "";
      const done = waiting;
      waiting = null;
      done?.(status);
    });
    socket.once("connect", () =>
      resolve({
        end: () => socket.destroy(),
        send(body) {
          return new Promise((answered) => {
            waiting = answered;
            socket.write(
              `POST /v1/batch HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${key}\r\n` +
                `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
            );
          });
        },
      }),
    );
  });
}

async function request(connection, dueAt) {
  const body = makeBody(events);
  const status = await connection.send(body);
  result.latencies.push(performance.now() - dueAt);
  result.requests += 1;
  if (status === 200) result.events += events;
  else result.failures += 1;
  return status;
}

const pool = await Promise.all(Array.from({ length: connections }, open));
const startedAt = performance.now();
const endsAt = startedAt + seconds * 1_000;
let sent = 0;

/** When the next request is due; null once there is none. */
function takeNext() {
  const dueAt = perSecond ? startedAt + (sent * 1_000) / perSecond : performance.now();
  if (dueAt >= endsAt || sent >= requests) return null;
  sent += 1;
  return dueAt;
}

async function work(connection) {
  for (let dueAt = takeNext(); dueAt !== null; dueAt = takeNext()) {
    const earlyMs = dueAt - performance.now();
    if (earlyMs > 0) await sleep(earlyMs);
    // A timer that fires late is no fault of the server, as a connection that was busy is.
    if ((await request(connection, earlyMs > 0 ? performance.now() : dueAt)) === 0) return;
  }
}

await Promise.all(pool.map(work));
const elapsed = (performance.now() - startedAt) / 1_000;
for (const connection of pool) connection.end();
result.latencies.sort((a, b) => a - b);
const at = (share) => result.latencies[Math.floor(share * (result.latencies.length - 1))] ?? 0;
const { latencies: _, ...counts } = result;
process.send?.({ ...counts, elapsed, p50: at(0.5), p99: at(0.99) });
process.disconnect?.();
