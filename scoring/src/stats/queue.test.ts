import fc from "fast-check";
import { expect, it } from "vitest";
import { createQueue } from "./queue.ts";

it("gives out what waits in order, whatever comes between", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat(9))), (steps) => {
      const queue = createQueue<number>((a, b) => a - b);
      const waiting: number[] = [];
      for (const step of steps) {
        if (step !== null) {
          queue.push(step);
          waiting.push(step);
          continue;
        }
        expect(queue.pop()).toBe(waiting.sort((a, b) => a - b).shift());
      }
    }),
  );
});
