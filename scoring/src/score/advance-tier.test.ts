import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_TIERS } from "../model/default-model.ts";
import type { Tier, TierState } from "../scored-account.ts";
import { advanceTier } from "./advance-tier.ts";
import { tierOf } from "./score-account.ts";

const HOUR = 3_600_000;
const model = { tiers: DEFAULT_TIERS };
const rankOf = (tier: Tier) => ["critical", "at_risk", "healthy"].indexOf(tier);

/** Evaluates scores, given with the hours at which they come. */
function live(...steps: [hours: number, score: number | null][]): TierState[] {
  const states: TierState[] = [];
  let state: TierState | null = null;
  for (const [hours, score] of steps) {
    const tier = score === null ? "unknown" : tierOf(score, DEFAULT_TIERS);
    state = advanceTier({ state, scored: { score, tier }, model, now: hours * HOUR });
    states.push(state);
  }
  return states;
}

const last = (...steps: Parameters<typeof live>) => live(...steps).at(-1) as TierState;

describe("advanceTier", () => {
  it("takes the first score as it is", () => {
    expect(last([0, 72])).toMatchObject({
      tier: "healthy",
      bypass: "first-score",
      pendingTier: null,
    });
  });

  it("keeps a change pending until it held for two evaluations and a day", () => {
    expect(last([0, 72], [1, 65])).toMatchObject({
      tier: "healthy",
      pendingTier: "at_risk",
      heldEvaluations: 1,
    });
    expect(last([0, 72], [1, 65], [20, 65])).toMatchObject({
      tier: "healthy",
      heldEvaluations: 2,
      pendingSince: HOUR,
    });
    expect(last([0, 72], [1, 65], [25, 65])).toMatchObject({
      tier: "at_risk",
      tierSince: 25 * HOUR,
      bypass: null,
    });
    expect(last([0, 72], [40, 65]).tier).toBe("healthy");
  });

  it("forgets a pending change when the score comes back", () => {
    const state = last([0, 72], [1, 65], [2, 71], [30, 65]);
    expect(state).toMatchObject({ tier: "healthy", pendingSince: 30 * HOUR, heldEvaluations: 1 });
  });

  it("asks for the margin on the way up, and not on the way down", () => {
    const risen = (score: number) => last([0, 60], [1, score], [40, score]).tier;
    expect([74.9, 75].map(risen)).toEqual(["at_risk", "healthy"]);
    const fallen = (score: number) => last([0, 60], [1, score], [40, score]).tier;
    expect([40, 39.9].map(fallen)).toEqual(["at_risk", "critical"]);
    expect(last([0, 30], [1, 44.9], [40, 44.9]).tier).toBe("critical");
    expect(last([0, 30], [1, 45], [40, 45]).tier).toBe("at_risk");
  });

  it("lets the best score clear every bound, also where the margin reaches beyond the scale", () => {
    const strict = { tiers: { ...DEFAULT_TIERS, healthyFrom: 97 } };
    const at = (hours: number, score: number, state: TierState | null) =>
      advanceTier({ state, scored: { score, tier: "at_risk" }, model: strict, now: hours * HOUR });
    const rise = (score: number) => at(40, score, at(1, score, at(0, 60, null))).tier;
    expect([99, 100].map(rise)).toEqual(["at_risk", "healthy"]);
  });

  it("lets a sudden fall through at once", () => {
    expect(last([0, 90], [100, 65])).toMatchObject({ tier: "at_risk", bypass: "sudden-fall" });
    expect(last([0, 90], [100, 66]).tier).toBe("healthy");
    // ... but not over more than seven days
    expect(last([0, 90], [84, 80], [24 * 8, 65]).tier).toBe("healthy");
    expect([24 * 7, 24 * 7 + 1].map((hours) => last([0, 90], [hours, 65]).bypass)).toEqual([
      "sudden-fall",
      "first-score",
    ]);
  });

  it("confirms the least move that held all along", () => {
    const pending = last([0, 50], [1, 38], [2, 38]);
    expect(pending.pendingTier).toBe("critical");
    const deeper = live([0, 75], [1, 62], [13, 52], [14, 62], [26, 62]);
    expect(deeper.map((state) => state.tier)).toEqual([
      "healthy",
      "healthy",
      "healthy",
      "healthy",
      "at_risk",
    ]);
    const nearer = last([0, 85], [200, 61], [225, 61]);
    expect(nearer.tier).toBe("at_risk");
  });

  it("shows unknown at once when the score is gone, and starts anew when it comes back", () => {
    expect(last([0, 80], [1, null])).toMatchObject({
      tier: "unknown",
      bypass: "no-score",
      recent: [],
    });
    expect(last([0, 80], [1, null], [2, null]).tierSince).toBe(HOUR);
    expect(last([0, 80], [1, null], [2, 30])).toMatchObject({
      tier: "critical",
      bypass: "first-score",
    });
  });

  it("keeps one score a day, for as long as a fall may take", () => {
    const steps = Array.from({ length: 24 * 20 }, (_, i) => [i, 80] as [number, number]);
    expect(last(...steps).recent.length).toBeLessThanOrEqual(8);
  });

  it("never moves through more tiers, up and down together, than the plain bounds do", () => {
    const scores = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 2, maxLength: 60 });
    // A rise from critical to healthy may take two moves of one tier, where the bounds make one of two.
    const travel = (tiers: Tier[]) =>
      tiers.reduce(
        (sum, tier, i) => sum + Math.abs(rankOf(tier) - rankOf(tiers[i - 1] ?? tier)),
        0,
      );
    fc.assert(
      fc.property(scores, (list) => {
        const states = live(...list.map((score, i) => [i * 12, score] as [number, number]));
        const plain = list.map((score) => tierOf(score, DEFAULT_TIERS));
        expect(travel(states.map((state) => state.tier))).toBeLessThanOrEqual(travel(plain));
      }),
      { examples: [[[0, 70, 70, 70, 75, 75, 75]]] },
    );
  });

  it("settles on what a steady score asks for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 100 })),
        fc.constantFrom(20, 55, 85),
        (noise, score) => {
          const steps = [...noise, ...Array(8).fill(score)].map(
            (one, i) => [i * 24, one] as [number, number],
          );
          expect(last(...steps).tier).toBe(tierOf(score, DEFAULT_TIERS));
        },
      ),
    );
  });
});
