import { describe, expect, it } from "vitest";
import { createEndpointGate } from "./endpoint-gate.ts";
import type { LaneOutcome, Pace } from "./lane.ts";

const OPEN: Pace = { maxConcurrent: 32, maxPerSecond: null };
const good: LaneOutcome = { isGood: true, durationMs: 1, now: 0, pauseMs: 0 };
const bad: LaneOutcome = { ...good, isGood: false };

/** A gate with so many claimed deliveries that all want in; `turns` tells how many got it. */
function crowd(count: number, pace: Pace) {
  const gate = createEndpointGate();
  const turns = { taken: 0, refused: 0, at: [] as number[] };
  const startedAt = performance.now();
  for (let n = 0; n < count; n++) {
    gate.claim("e", pace);
    void gate.enter("e").then((isMyTurn) => {
      turns[isMyTurn ? "taken" : "refused"]++;
      turns.at.push(performance.now() - startedAt);
    });
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { gate, turns, settle };
}

describe("the endpoint gate", () => {
  it("lets twice as many under way after ten seconds of answers, up to what the endpoint allows", async () => {
    const { gate, turns, settle } = crowd(40, { ...OPEN, maxConcurrent: 3 });
    const inTurn: number[] = [];
    for (let answered = 1; answered <= 8; answered++) {
      await settle();
      inTurn.push(turns.taken - answered + 1);
      gate.leave("e", { ...good, durationMs: 5_000 });
      gate.written("e");
    }
    expect(inTurn).toEqual([1, 1, 2, 2, 3, 3, 3, 3]);
  });

  it("gives everybody back who waits once it is closed, for a place or for the pace", async () => {
    const slow = crowd(9, OPEN);
    await slow.settle();
    slow.gate.close();
    await slow.settle();
    expect(slow.turns).toMatchObject({ taken: 1, refused: 8 });
    expect(await slow.gate.enter("other")).toBe(false);
    const paced = crowd(3, { maxConcurrent: 32, maxPerSecond: 0.01 });
    await paced.settle();
    paced.gate.leave("e", good);
    paced.gate.written("e");
    await paced.settle();
    paced.gate.close();
    await paced.settle();
    expect(paced.turns).toMatchObject({ taken: 1, refused: 2 });
    for (let n = 0; n < 2; n++) paced.gate.drop("e");
    expect(paced.gate.claimed()).toBe(0);
  });

  it("sends the next of one at a time only when the answer before it is written down", async () => {
    const { gate, turns, settle } = crowd(3, { ...OPEN, maxConcurrent: 1 });
    await settle();
    expect(turns.taken).toBe(1);
    expect(gate.leave("e", good)).toBe(true);
    await settle();
    expect(turns.taken).toBe(1);
    gate.written("e");
    await settle();
    expect(turns.taken).toBe(2);
  });

  it("sends everybody away after a failure, and asks for one when the pause is over", async () => {
    const { gate, turns, settle } = crowd(10, OPEN);
    await settle();
    gate.leave("e", { ...bad, pauseMs: 120_000 });
    gate.written("e");
    await settle();
    expect(turns).toMatchObject({ taken: 1, refused: 9 });
    for (let n = 0; n < 9; n++) gate.drop("e");
    expect(gate.claimed()).toBe(0);
    expect(gate.rooms(119_999).get("e")).toBe(0);
    expect(gate.rooms(120_000).get("e")).toBe(1);
  });

  it("keeps the pace that the endpoint's owner set", async () => {
    const { gate, turns } = crowd(4, { ...OPEN, maxPerSecond: 50 });
    for (let answered = 1; answered <= 4; answered++) {
      await expect.poll(() => turns.taken).toBe(answered);
      gate.leave("e", good);
      gate.written("e");
    }
    expect(turns.at.at(-1)).toBeGreaterThanOrEqual(55);
  });
});
