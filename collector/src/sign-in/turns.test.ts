import { describe, expect, it } from "vitest";
import { createTurns } from "./turns.ts";

describe("createTurns", () => {
  it("runs so much at once, lets some wait, and sends the rest away", async () => {
    const inTurn = createTurns({ atOnce: 2, waiting: 3 });
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      return "done";
    };
    const crowd = await Promise.allSettled(Array.from({ length: 8 }, () => inTurn(work)));
    expect(crowd.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    expect(most).toBe(2);
    expect(await inTurn(work)).toBe("done");
  });

  it("goes on after work that fails", async () => {
    const inTurn = createTurns({ atOnce: 1, waiting: 1 });
    const failing = inTurn(() => Promise.reject(new Error("no")));
    const next = inTurn(async () => 1);
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe(1);
    expect(await inTurn(async () => 2)).toBe(2);
  });
});
