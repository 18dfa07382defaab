/** Many made-up accounts, as columns and as rows, with a model of twelve signals. */

import { buildNorms, createRandom, createScorer, DEFAULT_MODEL } from "../../scoring/dist/index.js";

export const NOW = 20_000 * 86_400_000;

const TARGET = {
  kind: "target",
  points: [
    [0, 0],
    [0.5, 40],
    [1, 70],
    [2, 90],
    [4, 100],
  ],
};

/** Every normaliser of the engine, the costly ones too. */
const NORMALISERS = [
  { kind: "percentile" },
  { kind: "percentile" },
  { kind: "percentile" },
  { kind: "p90_exponential" },
  { kind: "p90_exponential" },
  { kind: "minmax" },
  { kind: "minmax" },
  { kind: "zscore", robust: true },
  { kind: "own_baseline" },
  TARGET,
  TARGET,
  TARGET,
];

/** Twelve signals in twelve components, or all with one normaliser. */
export function modelOf(normalisers = NORMALISERS) {
  const keys = normalisers.map((_, i) => `signal-${i}`);
  const read = (i) => ({ normaliser: normalisers[i], direction: i % 4 ? "higher" : "lower" });
  return { ...modelOfSignals(keys, read), version: "bench" };
}

/** A component of the same weight for each signal. @param read normaliser and direction of the i-th */
export function modelOfSignals(keys, read) {
  return {
    ...DEFAULT_MODEL,
    overrides: [],
    signals: keys.map((key) => ({
      key,
      label: key,
      kind: "external",
      series: key,
      aggregate: "last",
      windowDays: 30,
      halfLifeDays: null,
      staleAfterDays: 90,
      per: "account",
    })),
    components: keys.map((key, i) => ({
      key,
      label: key,
      weight: 1 / keys.length,
      signals: [{ signal: key, weight: 1, ...read(i) }],
    })),
  };
}

/** Skewed values for `count` accounts, one in twenty missing, as one flat list of all numbers and as columns. */
export function drawColumns(model, count) {
  const random = createRandom(`accounts ${count}`);
  const flat = new Float64Array(count * model.signals.length);
  const columns = {};
  for (const { key } of model.signals) {
    columns[key] = {
      values: new Float64Array(count),
      ownMeans: new Float64Array(count).fill(1),
      ownDeviations: new Float64Array(count).fill(0.3),
    };
  }
  for (let i = 0; i < count; i++) {
    model.signals.forEach(({ key }, j) => {
      const value = Math.exp(0.6 * random.normal());
      flat[i * model.signals.length + j] = value;
      columns[key].values[i] = random.uniform() < 0.05 ? Number.NaN : value;
    });
  }
  return { flat, columns };
}

/** The signals of one account, as the engine measures them. */
export function signalsOf(model, columns, i) {
  return model.signals.map(({ key }) => {
    const value = columns[key].values[i];
    return {
      key,
      value: Number.isNaN(value) ? null : value,
      unit: "",
      sampleSize: 9,
      observedAt: NOW,
      status: Number.isNaN(value) ? "missing" : "ok",
      own: { mean: 1, sd: 0.3, windows: 6 },
    };
  });
}

/** Norms from the first accounts. */
export function normsOf(model, columns, count) {
  const rows = Array.from({ length: Math.min(count, 2000) }, (_, i) => ({
    accountId: `${i}`,
    segments: [],
    signals: signalsOf(model, columns, i),
  }));
  return buildNorms({ rows, model, now: NOW });
}

export function compiledOf(model, norms) {
  return createScorer({ model, norms }).compiledFor({ createdAt: 0, segments: [], now: NOW })
    .compiled;
}
