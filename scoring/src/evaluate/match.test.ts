import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../stats/random.ts";
import { range } from "../testing/spec.ts";
import { type Matchable, matchNearest } from "./match.ts";

const named = (tag: string, values: readonly (readonly number[])[]): Matchable[] =>
  values.map((traits, i) => ({ accountId: `${tag}${i}`, traits }));

/** Distances by the definition: standard deviations apart in each trait, root mean square. */
function distancesOf(group: readonly Matchable[], others: readonly Matchable[]): number[][] {
  const all = [...group, ...others].map(({ traits }) => traits);
  const spreads = (all[0] ?? []).map((_, k) => {
    const column = all.map((traits) => traits[k] as number);
    const mean = column.reduce((a, b) => a + b, 0) / column.length;
    const squares = column.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return Math.sqrt(squares / column.length) || 1;
  });
  return group.map((one) =>
    others.map((other) => {
      const squares = spreads.map(
        (spread, k) => (((one.traits[k] as number) - (other.traits[k] as number)) / spread) ** 2,
      );
      return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
    }),
  );
}

/** The distances, growing, of every way to pair some of the rows with some of the columns. */
function* allPairings(distances: readonly number[][], row = 0, used = 0): Generator<number[]> {
  if (row === distances.length) {
    yield [];
    return;
  }
  yield* allPairings(distances, row + 1, used);
  for (const [j, distance] of (distances[row] as number[]).entries()) {
    if (used & (1 << j) || distance > 0.5) continue;
    for (const rest of allPairings(distances, row + 1, used | (1 << j))) yield [distance, ...rest];
  }
}

/** Nearest pairs first: the first distance that differs decides, and a pair more is better than none. */
function isNearer(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const closer = (b[i] ?? Number.MAX_VALUE) - (a[i] ?? Number.MAX_VALUE);
    if (Math.abs(closer) > 1e-9) return closer > 0;
  }
  return false;
}

describe("matchNearest", () => {
  it("pairs like with like, each once, and leaves out who has no like", () => {
    const one = (accountId: string, ...traits: number[]) => ({ accountId, traits });
    const pairs = matchNearest(
      [one("a", 1, 10), one("b", 2, 20), one("far", 99, 99)],
      [one("y", 2, 21), one("x", 1, 11), one("z", 1, 12)],
    );
    expect(pairs.map(({ one: left, other }) => left.accountId + other.accountId).sort()).toEqual([
      "ax",
      "by",
    ]);
    expect(matchNearest([], [one("a", 1)])).toEqual([]);
  });

  it("pairs all of those that are all alike", () => {
    const same = range(1, 60).map(() => [7]);
    expect(matchNearest(named("a", same), named("b", same))).toHaveLength(60);
  });

  it("finds the nearest of all pairings", () => {
    for (const trial of range(1, 60)) {
      const random = createRandom(`pairings ${trial}`);
      const some = (tag: string) =>
        named(
          tag,
          range(0, random.integer(5)).map(() => [random.uniform(), random.normal()]),
        );
      const [group, others] = [some("a"), some("b")];
      const distances = distancesOf(group, others);
      const found = matchNearest(group, others)
        .map(({ one, other }) => distances[group.indexOf(one)]?.[others.indexOf(other)] as number)
        .sort((x, y) => x - y);
      const better = [...allPairings(distances)].filter((pairing) =>
        isNearer(
          pairing.sort((x, y) => x - y),
          found,
        ),
      );
      expect(better, `trial ${trial}`).toEqual([]);
      expect(found.filter((distance) => distance > 0.5)).toEqual([]);
    }
  });

  it("leaves nobody alone who has a like, and parts no pair of whom both have a nearer one", () => {
    const random = createRandom("crowd");
    // Many want the same few, and must make do with others.
    const crowd = named(
      "a",
      range(1, 130).map(() => [0.02 * random.uniform()]),
    );
    const wanted = named(
      "b",
      range(1, 55).map(() => [0.02 * random.uniform()]),
    );
    const spare = named(
      "c",
      range(1, 90).map(() => [0.1 + random.uniform()]),
    );
    const others = [...wanted, ...spare];
    const distances = distancesOf(crowd, others);
    const partner = { row: new Map<number, number>(), column: new Map<number, number>() };
    for (const { one, other } of matchNearest(crowd, others)) {
      const [i, j] = [crowd.indexOf(one), others.indexOf(other)];
      partner.row.set(i, distances[i]?.[j] as number);
      partner.column.set(j, distances[i]?.[j] as number);
    }
    expect(partner.row.size).toBeGreaterThan(55);
    const parted = distances.flatMap((row, i) =>
      row.filter((distance, j) => {
        const [own = 9, theirs = 9] = [partner.row.get(i), partner.column.get(j)];
        return distance <= 0.5 && distance < Math.min(own, theirs) - 1e-12;
      }),
    );
    expect(parted).toEqual([]);
  });

  it("pairs the nearest first, as looking at all pairs does, where one account has hundreds near it", () => {
    const random = createRandom("hundreds");
    const many = (tag: string, count: number, width: number) =>
      named(
        tag,
        range(1, count).map(() => [width * random.uniform()]),
      );
    // The whole group wants the same tenth of the others.
    const [group, others] = [many("a", 150, 0.1), many("b", 1_200, 1)];
    const distances = distancesOf(group, others);
    const all = distances.flatMap((row, i) => row.map((distance, j) => ({ i, j, distance })));
    const used = { i: new Set<number>(), j: new Set<number>() };
    const expected = all
      .filter(({ distance }) => distance <= 0.5)
      .sort((a, b) => a.distance - b.distance)
      .filter(({ i, j }) => {
        if (used.i.has(i) || used.j.has(j)) return false;
        used.i.add(i);
        used.j.add(j);
        return true;
      });
    const names = expected.map(({ i, j }) => `a${i} b${j}`);
    const found = matchNearest(group, others);
    expect(found.map(({ one, other }) => `${one.accountId} ${other.accountId}`)).toEqual(names);
  });

  it("does not depend on any order", () => {
    const list = (tag: string) =>
      fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 12 }).map((values) =>
        named(
          tag,
          values.map((value) => [value]),
        ),
      );
    fc.assert(
      fc.property(list("a"), list("b"), (group, others) => {
        const key = (pairs: ReturnType<typeof matchNearest>) =>
          pairs.map(({ one, other }) => one.accountId + other.accountId).sort();
        expect(key(matchNearest([...group].reverse(), [...others].reverse()))).toEqual(
          key(matchNearest(group, others)),
        );
      }),
    );
  });
});
