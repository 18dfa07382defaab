import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, REST_MS } from "./retry.ts";

const answer = (status: number, retryAfterMs = 0) => ({ status, retryAfterMs });

describe("judge", () => {
  it.each([200, 202, 204])("tries no more after %i: delivered", (status) => {
    expect(judge(answer(status), 1, 0.5)).toBe(0);
  });

  it.each([400, 401, 403, 404, 410, 413, 422])(
    "tries no more after %i: refused for good",
    (status) => {
      expect(judge(answer(status), 1, 0.5)).toBe(0);
    },
  );

  it.each([408, 425, 429, 500, 502, 503, 504])(
    "waits after %i, at most doubling each time",
    (status) => {
      expect([1, 2, 3, 7].map((tries) => judge(answer(status), tries, 1))).toEqual([
        1_001, 2_001, 4_001, 60_001,
      ]);
    },
  );

  it("rests after 10 tries of a server in trouble, and after 3 that nobody answered", () => {
    expect(judge(answer(503), 9, 0.5)).toBeLessThan(REST_MS);
    expect(judge(answer(503), 10, 0.5)).toBe(REST_MS);
    expect(judge(answer(0), 2, 0.5)).toBe(8_400);
    expect(judge(answer(0), 3, 0.5)).toBe(REST_MS);
  });

  it("obeys Retry-After up to 5 minutes, whatever the tries, and with a little more", () => {
    expect(judge(answer(429, 2_000), 1, 0)).toBe(2_000);
    expect(judge(answer(503, 2_000), 50, 1)).toBe(2_200);
    expect(judge(answer(429, 86_400_000), 1, 0)).toBe(300_000);
  });

  it("never waits longer than a minute without being told, and always a moment", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 408, 425, 429, 500, 503, 599),
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (status, tries, random) => {
          const waitMs = judge(answer(status), tries, random);
          if (waitMs === REST_MS) return status === 0 && tries >= 3;
          return waitMs > 0 && waitMs <= 60_001;
        },
      ),
    );
  });
});
