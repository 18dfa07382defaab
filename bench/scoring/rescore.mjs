/** Rescoring many accounts against one pass that only multiplies and adds the same numbers. */

import { scoreColumns } from "../../scoring/dist/index.js";
import { compiledOf, drawColumns, modelOf, NOW, normsOf } from "./accounts.mjs";
import { fastest } from "./timing.mjs";

function prepare(model, count) {
  const { flat, columns } = drawColumns(model, count);
  const compiled = compiledOf(model, normsOf(model, columns, count));
  const createdAt = new Float64Array(count);
  const weights = Float64Array.from(model.components, (component) => component.weight);
  const sums = new Float64Array(count);
  return {
    score: () => scoreColumns({ compiled, columns, createdAt, now: NOW }),
    pass: () => multiplyAndAdd(flat, weights, sums),
  };
}

function multiplyAndAdd(flat, weights, sums) {
  const width = weights.length;
  for (let i = 0, place = 0; i < sums.length; i++) {
    let sum = 0;
    for (let j = 0; j < width; j++, place++) sum += weights[j] * flat[place];
    sums[i] = sum;
  }
}

/** 1,000 → 10,000 → 100,000 accounts × 12 signals: normalise, weigh, tier, drivers. */
export function rescoreTable() {
  const model = modelOf();
  const sizes = [1_000, 10_000, 100_000];
  const work = sizes.map((count) => ({ count, ...prepare(model, count) }));
  // The same number of accounts in each measurement, so that a small size is not timed by its noise.
  const times = work.map(({ count, score, pass }) => {
    const repeats = sizes.at(-1) / count;
    const many = (run) => () => {
      for (let i = 0; i < repeats; i++) run();
    };
    const [scoring, reference] = fastest([many(score), many(pass)], 25);
    return { count, scoring, reference };
  });
  const per = (time) => (1e6 * time) / sizes.at(-1);
  const middle = per(times[1].scoring);
  return {
    title:
      "Rescore × 12 signals: normalise, weigh, tier, drivers (goal: ≤ 50 × the pass; growth within ±30 %)",
    rows: times.map(({ count, scoring, reference }) => {
      const ratio = scoring / reference;
      const growth = per(scoring) / middle - 1;
      const isReached = (count < 100_000 || ratio <= 50) && Math.abs(growth) <= 0.3;
      return {
        accounts: count,
        "ns per account": Math.round(per(scoring)),
        "ns per account, pass": Number(per(reference).toFixed(1)),
        "ratio to the pass": Number(ratio.toFixed(1)),
        "growth per account": `${(100 * growth).toFixed(0)} %`,
        reached: isReached ? "yes" : "no",
      };
    }),
  };
}
