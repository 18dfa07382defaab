/**
 * Churn data that you bring: the calibrated score against unconstrained logistic regression on the same features, both
 * judged on accounts that they have not seen.
 */

import {
  areaUnderCurve,
  buildNorms,
  createRandom,
  createScorer,
  fitLogistic,
  logisticProbability,
  suggestWeights,
} from "../../scoring/dist/index.js";
import { modelOfSignals, NOW } from "./accounts.mjs";
import { readChurnTable } from "./churn-table.mjs";

const FOLDS = 5;
const GOAL = 0.02;

/** Figures of one file. */
export function calibrationTable(path) {
  const table = readChurnTable(path);
  const fold = assignFolds(table.churned);
  const areas = { default: [], calibrated: [], logistic: [] };
  for (let part = 0; part < FOLDS; part++) {
    const all = table.rows.map((_, i) => i);
    const seen = all.filter((i) => fold[i] !== part);
    const unseen = all.filter((i) => fold[i] === part);
    const area = (ratingOf) =>
      areaUnderCurve(unseen.map((i) => ({ value: ratingOf(i), isPositive: table.churned[i] })));
    const { equal, calibrated, fewest } = calibrate(table, seen);
    areas.default.push(area((i) => -equal(i)));
    areas.calibrated.push(area((i) => -calibrated(i)));
    areas.logistic.push(area(regress(table, seen)));
    process.stderr.write(`fold ${part + 1} of ${FOLDS}, ${fewest} signals with weight\n`);
  }
  const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
  const gap = mean(areas.logistic) - mean(areas.calibrated);
  const line = (what, list) => ({ what, "AUC, mean of 5 folds": Number(mean(list).toFixed(4)) });
  return {
    title: `Calibration on ${path.split("/").at(-1)}: ${table.rows.length} accounts, ${table.keys.length} signals, ${table.churned.filter(Boolean).length} churned`,
    rows: [
      line("score with equal weights", areas.default),
      line("calibrated score (weights ≥ 0)", areas.calibrated),
      line("unconstrained logistic regression", areas.logistic),
      {
        what: `gap (goal: ≤ ${GOAL})`,
        "AUC, mean of 5 folds": Number(gap.toFixed(4)),
        reached: gap <= GOAL ? "yes" : "no",
      },
    ],
  };
}

/** Norms, directions and weights from the accounts that may be seen; scores for any. */
function calibrate({ keys, rows, churned }, seen) {
  const directions = keys.map((_, j) => {
    const known = seen.filter((i) => rows[i][j] !== null);
    const area = areaUnderCurve(known.map((i) => ({ value: rows[i][j], isPositive: !churned[i] })));
    return area === null || area >= 0.5 ? "higher" : "lower";
  });
  const isChoice = keys.map((_, j) =>
    rows.every((row) => row[j] === null || row[j] === 0 || row[j] === 1),
  );
  const model = modelOf(keys, directions, isChoice);
  const norms = buildNorms({
    rows: seen.map((i) => ({ accountId: `${i}`, segments: [], signals: signalsOf(keys, rows[i]) })),
    model,
    now: NOW,
  });
  const equal = scorerOf(model, norms, keys, rows);
  const cases = seen.map((i) => {
    const scored = equal.full(i);
    return {
      accountId: `${i}`,
      segments: [],
      isChurned: churned[i],
      outcomeAt: NOW,
      value: null,
      score: scored.score,
      tier: scored.tier,
      components: Object.fromEntries(scored.components.map(({ key, value }) => [key, value])),
      signals: {},
      firstFlaggedAt: null,
    };
  });
  const { weights } = suggestWeights({ cases, model, seed: "calibration" });
  const draft = {
    ...model,
    components: model.components.map((component) => ({
      ...component,
      weight: weights[component.key],
    })),
  };
  return {
    equal: equal.score,
    calibrated: scorerOf(draft, norms, keys, rows).score,
    fewest: Object.values(weights).filter((weight) => weight > 0.001).length,
  };
}

function scorerOf(model, norms, keys, rows) {
  const scorer = createScorer({ model, norms });
  const full = (i) =>
    scorer.score({
      accountId: `${i}`,
      createdAt: 0,
      segments: [],
      signals: signalsOf(keys, rows[i]),
      now: NOW,
    });
  return { full, score: (i) => full(i).score };
}

function modelOf(keys, directions, isChoice) {
  const yesOrNo = (direction) => ({
    kind: "target",
    points:
      direction === "higher"
        ? [
            [0, 0],
            [1, 100],
          ]
        : [
            [0, 100],
            [1, 0],
          ],
  });
  const read = (j) => ({
    normaliser: isChoice[j] ? yesOrNo(directions[j]) : { kind: "minmax", low: 0.001, high: 0.999 },
    direction: directions[j],
  });
  return { ...modelOfSignals(keys, read), version: "calibration", minCoverage: 0 };
}

function signalsOf(keys, row) {
  return keys.map((key, j) => ({
    key,
    value: row[j],
    unit: "",
    sampleSize: 1,
    observedAt: NOW,
    status: row[j] === null ? "missing" : "ok",
  }));
}

/** Free weights on the numbers as they are; a missing number is the mean. */
function regress({ keys, rows, churned }, seen) {
  const means = keys.map((_, j) => {
    const known = seen.flatMap((i) => (rows[i][j] === null ? [] : [rows[i][j]]));
    return known.reduce((a, b) => a + b, 0) / Math.max(1, known.length);
  });
  const features = (i) => rows[i].map((value, j) => value ?? means[j]);
  const fit = fitLogistic({
    rows: seen.map(features),
    labels: seen.map((i) => churned[i]),
    penalty: 1e-6,
    weights: "any",
  });
  return (i) => logisticProbability(fit, features(i));
}

function assignFolds(churned) {
  const random = createRandom("folds");
  const fold = new Array(churned.length);
  for (const label of [true, false]) {
    const members = churned.flatMap((one, i) => (one === label ? [i] : []));
    for (let i = members.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [members[i], members[j]] = [members[j], members[i]];
    }
    members.forEach((member, i) => {
      fold[member] = i % FOLDS;
    });
  }
  return fold;
}
