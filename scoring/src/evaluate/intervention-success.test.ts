import { describe, expect, it } from "vitest";
import { createRandom } from "../stats/random.ts";
import { range } from "../testing/spec.ts";
import { interventionSuccess } from "./intervention-success.ts";

describe("interventionSuccess", () => {
  const spells = (effect: number) => {
    const random = createRandom("success");
    return range(1, 600).map((i) => {
      const scoreAtFlag = 20 + 40 * random.uniform();
      const isTreated = random.uniform() < 0.7 - scoreAtFlag / 100;
      const back = scoreAtFlag / 100 + (isTreated ? effect : 0);
      return {
        accountId: `${i}`,
        isTreated,
        scoreAtFlag,
        tenureDays: 300,
        value: 1000,
        isBackToHealthy: random.uniform() < back,
        isRetained: null,
      };
    });
  };

  it("does not take getting better by themselves for success", () => {
    const none = interventionSuccess(spells(0)).backToHealthy;
    expect(none?.treated).toBeGreaterThan(0.3);
    expect(none?.interval?.[0]).toBeLessThan(0);
    const some = interventionSuccess(spells(0.3)).backToHealthy;
    expect(some?.interval?.[0]).toBeGreaterThan(0);
  });

  it("is sure of what happened to all of one side and none of the other, not of what happened to none", () => {
    const alike = range(1, 20).map((i) => ({
      ...{
        accountId: `${i}`,
        isTreated: i % 2 === 0,
        scoreAtFlag: 50,
        tenureDays: 300,
        value: 1000,
      },
      ...{ isBackToHealthy: i % 2 === 0, isRetained: false },
    }));
    const { backToHealthy, retained } = interventionSuccess(alike);
    expect(backToHealthy).toMatchObject({ difference: 1, pairs: 10 });
    expect(backToHealthy?.interval[0]).toBeGreaterThan(0.5);
    expect(retained?.difference).toBe(0);
    expect(retained?.interval[0]).toBeLessThan(-0.2);
    expect(retained?.interval[1]).toBeGreaterThan(0.2);
  });

  it("has no figure without outcomes or pairs", () => {
    expect(interventionSuccess(spells(0)).retained).toBeNull();
    expect(interventionSuccess([])).toMatchObject({
      treated: 0,
      untouched: 0,
      backToHealthy: null,
    });
  });
});
