import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export const WRITE_KEY = "wk_bench_write_key";
export const SECRET_KEY = "sk_bench_secret_key";

let made = 0;
const salt = randomBytes(5).toString("hex");

/** A fresh UUIDv7. */
export function newId() {
  made += 1;
  const time = Date.now().toString(16).padStart(12, "0");
  const count = made.toString(16).padStart(5, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count.slice(0, 3)}-8${count.slice(3)}0-${salt}00`;
}

/** A good message. */
export const track = (given = {}) => ({
  type: "track",
  event: "Opened",
  messageId: newId(),
  userId: `user-${made % 20}`,
  context: { groupId: `account-${made % 5}` },
  ...given,
});

/** @returns status (0: no answer), body, seconds of Retry-After, milliseconds taken */
export async function post(
  url,
  batch,
  { key = WRITE_KEY, headers = {}, body, path = "/v1/batch" } = {},
) {
  const startedAt = performance.now();
  try {
    const response = await fetch(url + path, {
      method: "POST",
      headers: { ...(key && { authorization: `Bearer ${key}` }), ...headers },
      body: body ?? JSON.stringify({ batch, sentAt: new Date().toISOString() }),
    });
    const text = await response.text();
    const retryAfter = response.headers.get("retry-after");
    return {
      status: response.status,
      body: text.startsWith("{") ? JSON.parse(text) : null,
      retryAfter: retryAfter === null ? null : Number(retryAfter),
      ms: performance.now() - startedAt,
    };
  } catch {
    return { status: 0, body: null, retryAfter: null, ms: performance.now() - startedAt };
  }
}

/** Senders that retry until they are answered, and know what was acknowledged. */
export function startSenders(url, count = 8) {
  const acknowledged = new Set();
  const seen = { retries: 0, slowest: 0, statuses: new Set(), badRetryAfter: 0 };
  let isStopping = false;
  const run = async () => {
    while (!isStopping) {
      const batch = Array.from({ length: 20 }, () => track());
      while (!isStopping) {
        const answer = await post(url, batch);
        seen.slowest = Math.max(seen.slowest, answer.ms);
        seen.statuses.add(answer.status);
        if (answer.status === 200) {
          for (const { messageId } of batch) acknowledged.add(messageId);
          break;
        }
        if (answer.status === 503 && !(answer.retryAfter <= 1)) seen.badRetryAfter += 1;
        seen.retries += 1;
        await sleep(50);
      }
    }
  };
  const running = Promise.all(Array.from({ length: count }, run));
  return {
    acknowledged,
    seen,
    async stop() {
      isStopping = true;
      await running;
    },
  };
}

/** Sends raw text and returns what came back until the end or the time is over. */
export function exchange(port, text, withinMs = 4_000) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    let answer = "";
    const end = () => {
      socket.destroy();
      resolve({ answer, status: Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0) });
    };
    const timer = setTimeout(end, withinMs);
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(timer);
      end();
    });
    socket.on("connect", () => (typeof text === "function" ? text(socket) : socket.write(text)));
  });
}
