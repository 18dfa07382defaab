import type { Steps } from "@telltale/scoring";
import { expect, it } from "vitest";
import { takeTurns } from "./take-turns.ts";

it("lets others have their turn while it works, and tells how far it is", async () => {
  let turns = 0;
  let isOver = false;
  const others = () => {
    turns += 1;
    if (!isOver) setImmediate(others);
  };
  setImmediate(others);
  function* work(): Steps<string> {
    for (let part = 1; part <= 10; part++) {
      const until = performance.now() + 25;
      while (performance.now() < until);
      yield part / 10;
    }
    return "done";
  }
  const shares: number[] = [];
  expect(await takeTurns(work(), (share) => shares.push(share))).toBe("done");
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(9);
  expect(shares).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
});
