import { expect, it } from "vitest";
import { createLogger } from "../logger.ts";
import { keepFilled } from "./keep-filled.ts";

const logger = createLogger("silent");

it("tries again after a failure, and goes on looking", async () => {
  const stopping = new AbortController();
  let tries = 0;
  const kept = keepFilled({
    async fill() {
      tries += 1;
      if (tries < 3) throw new Error("no database");
      if (tries === 5) stopping.abort();
    },
    logger,
    signal: stopping.signal,
    everyMs: 1,
    retryMs: 1,
  });
  await kept.filled;
  expect(tries).toBe(3);
  await kept.ended;
  expect(tries).toBe(5);
});

it("ends at once when it is stopped before it succeeds", async () => {
  const stopping = new AbortController();
  const kept = keepFilled({
    fill: () => Promise.reject(new Error("never")),
    logger,
    signal: stopping.signal,
    everyMs: 60_000,
    retryMs: 60_000,
  });
  stopping.abort();
  await kept.filled;
  await kept.ended;
});
