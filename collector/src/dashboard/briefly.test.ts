import { describe, expect, it } from "vitest";
import { createBriefMemory } from "./briefly.ts";

function createCounter() {
  let now = 0;
  let made = 0;
  const memory = createBriefMemory<number>(() => now, { keepMs: 10, staleMs: 100, most: 2 });
  return {
    ask: (key = "a") => memory(key, async () => ++made),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe("createBriefMemory", () => {
  it("makes an answer once while it is fresh", async () => {
    const { ask, pass } = createCounter();
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    pass(10);
    expect(await ask()).toBe(1);
    expect(await ask("b")).toBe(2);
  });

  it("gives the old answer while it makes a new one, and not one that is too old", async () => {
    const { ask, pass } = createCounter();
    await ask();
    pass(50);
    expect(await ask()).toBe(1);
    await Promise.resolve();
    expect(await ask()).toBe(2);
    pass(101);
    expect(await ask()).toBe(3);
  });

  it("forgets failures and what is not worth keeping", async () => {
    let made = 0;
    const memory = createBriefMemory<number>(() => 0, {
      keepMs: 10,
      staleMs: 10,
      most: 2,
      isWorthKeeping: (value) => value > 1,
    });
    const ask = () =>
      memory("a", async () => {
        made += 1;
        if (made === 1) throw new Error("not now");
        return made - 1;
      });
    await expect(ask()).rejects.toThrow("not now");
    expect(await ask()).toBe(1);
    expect(await ask()).toBe(2);
    expect(await ask()).toBe(2);
  });
});
