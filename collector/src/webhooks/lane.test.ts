import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLane, hasPlace, isHeldByUnwritten, type Lane, learn, roomOf } from "./lane.ts";

const crowded = (given: Partial<Lane> = {}): Lane => ({
  ...createLane(),
  waiting: [() => {}],
  ...given,
});
const answer = (durationMs: number) => ({ isGood: true, durationMs, now: 0, pauseMs: 0 });

describe("a lane", () => {
  it.each([
    [0.5, 64],
    [150, 64],
    [400, 25],
    [10_000, 1],
  ])("doubles its places when answers of %d ms came %d times", (durationMs, times) => {
    const lane = crowded();
    for (let n = 1; n < times; n++) learn(lane, answer(durationMs));
    expect(lane.limit).toBe(1);
    learn(lane, answer(durationMs));
    expect(lane.limit).toBe(2);
  });

  it("keeps its places while nobody waits for one", () => {
    const lane = createLane();
    for (let n = 0; n < 1_000; n++) learn(lane, answer(50));
    expect(lane.limit).toBe(1);
  });

  it("is back to one place after a failure, and pauses longer after each", () => {
    const lane = crowded({ limit: 32 });
    const bad = { ...answer(1), isGood: false };
    learn(lane, bad);
    expect(lane).toMatchObject({ limit: 1, pausedUntil: 200 });
    learn(lane, bad);
    expect(lane.pausedUntil).toBe(400);
    learn(lane, { ...bad, pauseMs: 9_000 });
    expect(lane.pausedUntil).toBe(9_000);
  });

  it("never has more under way and unwritten than twice its places, and one of one", () => {
    const shares = fc.record({
      limit: fc.integer({ min: 1, max: 32 }),
      sending: fc.nat(40),
      unwritten: fc.nat(40),
    });
    fc.assert(
      fc.property(shares, (given) => {
        const lane = crowded(given);
        const most = given.limit === 1 ? 1 : 2 * given.limit;
        if (hasPlace(lane)) expect(given.sending + given.unwritten).toBeLessThan(most);
        if (hasPlace(lane)) expect(isHeldByUnwritten(lane)).toBe(false);
      }),
    );
  });

  it("claims about a second of work ahead, in lots", () => {
    expect(roomOf(createLane())).toBe(4);
    expect(roomOf({ ...createLane(), limit: 8, meanMs: 100 })).toBe(80);
    expect(roomOf({ ...createLane(), limit: 8, meanMs: 100, claimed: 41 })).toBe(0);
    expect(roomOf({ ...createLane(), limit: 32, meanMs: 0.2 })).toBe(512);
    expect(roomOf({ ...createLane(), limit: 8, meanMs: 100, maxPerSecond: 20 })).toBe(20);
  });
});
