import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createLogger } from "../logger.ts";
import { createLoop } from "./loop.ts";

const logger = createLogger("silent");

describe("createLoop", () => {
  it("goes on at once while there is more, and pauses when there is none", async () => {
    let turns = 0;
    const loop = createLoop({
      name: "test",
      turn: async () => {
        turns += 1;
        return turns < 5;
      },
      idleMs: 60_000,
      logger,
    });
    loop.start();
    await expect.poll(() => turns).toBe(5);
    await sleep(20);
    expect(turns).toBe(5);
    await loop.stop();
  });

  it("ends after the turn under way, also out of its pause", async () => {
    let isUnderWay = false;
    let isDone = false;
    const loop = createLoop({
      name: "test",
      turn: async () => {
        isUnderWay = true;
        await sleep(30);
        isDone = true;
        return false;
      },
      idleMs: 60_000,
      logger,
    });
    loop.start();
    await expect.poll(() => isUnderWay).toBe(true);
    await loop.stop();
    expect(isDone).toBe(true);
  });

  it("tries a failed turn again", async () => {
    let turns = 0;
    const loop = createLoop({
      name: "test",
      turn: async () => {
        turns += 1;
        if (turns === 1) throw new Error("once");
        return false;
      },
      idleMs: 60_000,
      logger,
    });
    loop.start();
    await expect.poll(() => turns, { timeout: 3_000 }).toBe(2);
    await loop.stop();
  });
});
