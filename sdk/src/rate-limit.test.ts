import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRateLimit } from "./rate-limit.ts";

describe("createRateLimit", () => {
  it("lets 100 through at once, then 10 a second", () => {
    const mayPass = createRateLimit();
    const now = 1_800_000_000_000;
    const count = (at: number, calls: number) =>
      Array.from({ length: calls }, () => mayPass(at)).filter(Boolean).length;
    expect(count(now, 150)).toBe(100);
    expect(count(now + 99, 10)).toBe(0);
    expect(count(now + 1_000, 50)).toBe(10);
    expect(count(now + 60_000, 500)).toBe(100);
  });

  it("goes on when the clock was set back", () => {
    const mayPass = createRateLimit();
    const now = 1_800_000_000_000;
    expect([mayPass(now), mayPass(now - 86_400_000), mayPass(now + 1)]).toEqual([true, true, true]);
  });

  it("never lets more through than 100 and 10 a second, however the calls come", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(500), { maxLength: 400 }), (gapsMs) => {
        const mayPass = createRateLimit();
        const start = 1_800_000_000_000;
        let now = start;
        let passed = 0;
        for (const gapMs of gapsMs) {
          now += gapMs;
          if (mayPass(now)) passed++;
        }
        return passed <= 100 + (now - start) / 100;
      }),
    );
  });
});
