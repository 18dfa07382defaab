import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSample } from "./sample.ts";

const ascending = (values: number[]): number[] => values.sort((a, b) => a - b);

describe("createSample", () => {
  it("keeps the values with the lowest places, as sorting all of them would, in any order", () => {
    const entries = fc.uniqueArray(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: -9, max: 9 })),
      { selector: ([place]) => place, maxLength: 120 },
    );
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 40 }), (list, limit) => {
        const lowest = [...list].sort(([a], [b]) => a - b).slice(0, limit);
        const expected = ascending(lowest.map(([, value]) => value));
        for (const order of [list, [...list].reverse()]) {
          const sample = createSample(limit);
          for (const [place, value] of order) sample.add(place, value);
          expect(ascending(sample.values())).toEqual(expected);
          expect(sample.size()).toBe(list.length);
        }
      }),
    );
  });

  it("may be asked before all have come", () => {
    const sample = createSample(2);
    for (const [i, place] of [0.4, 0.3, 0.2].entries()) sample.add(place, i);
    expect(ascending(sample.values())).toEqual([1, 2]);
    sample.add(0.1, 3);
    sample.add(0.9, 4);
    expect(ascending(sample.values())).toEqual([2, 3]);
    expect(sample.size()).toBe(5);
  });

  it("holds equal values apart from equal places", () => {
    const orders = [
      [1, 2],
      [2, 1],
    ];
    for (const order of orders) {
      const sample = createSample(1);
      for (const value of order) sample.add(0.5, value);
      expect(sample.values()).toEqual([1]);
    }
  });
});
