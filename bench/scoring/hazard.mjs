/**
 * Books whose true hazard is known, of seeds that the default model was not made with: does it find those who leave, a
 * month before, and does an outage for all stay silent?
 */

import {
  buildNorms,
  DEFAULT_MODEL,
  detectOutages,
  evaluate,
  factsAsOf,
  flaggedSince,
  isFlag,
  measureSignals,
  replayTiers,
  simulateBook,
  toEvaluationCase,
} from "../../scoring/dist/index.js";

const DAY_MS = 86_400_000;
const LAST_DAY = 20_700;
const SEEDS = ["check-1", "check-2"];
const ACCOUNTS = 400;

export function hazardTable() {
  const books = SEEDS.map((seed) => [
    ...simulateBook({ accounts: ACCOUNTS, seed, lastDay: LAST_DAY }),
  ]);
  const rows = [30, 60].flatMap((horizonDays) => {
    const cases = books.flatMap((book, i) => casesOf(book, `${SEEDS[i]}/`, horizonDays));
    const { overall, outcomes } = evaluate({ cases, seed: "hazard" });
    const line = (what, figure, goal) => ({
      what: `${what}, ${horizonDays} days before`,
      value: round(figure.value),
      "95 % interval": figure.interval?.map(round).join(" – "),
      n: `${outcomes.churned} churned of ${outcomes.n}`,
      ...(goal === undefined || horizonDays !== 30
        ? {}
        : { reached: goal(figure.value) ? "yes" : "no" }),
    });
    return [
      line(
        "churned that were flagged (goal: ≥ 0.7)",
        overall.predictionAccuracy,
        (value) => value >= 0.7,
      ),
      line(
        "flagged that renewed (goal: ≤ 0.3)",
        overall.falsePositiveRate,
        (value) => value <= 0.3,
      ),
      line("area under the ROC curve", overall.areaUnderCurve),
      line("median days of lead", overall.leadTimeDays),
    ];
  });
  return {
    title: `Known hazard: default model, uncalibrated, on ${SEEDS.length} simulated books of ${ACCOUNTS} accounts`,
    rows: [...rows, outageRow()],
  };
}

function casesOf(book, prefix, horizonDays) {
  const normsAt = weeklyNorms(book);
  return book.flatMap(({ facts, outcome }) => {
    if (!outcome) return [];
    const horizon = outcome.at - horizonDays * DAY_MS;
    const replay = replayTiers({
      facts,
      model: DEFAULT_MODEL,
      normsAt,
      from: horizon - 150 * DAY_MS,
      to: horizon,
      everyDays: 5,
    });
    const history = { tier: replay.at(-1).tier, firstFlaggedAt: flaggedSince(replay) };
    const norms = normsAt(horizon);
    const one = toEvaluationCase({
      facts,
      outcome,
      model: DEFAULT_MODEL,
      norms,
      horizonDays,
      history,
    });
    return [{ ...one, accountId: prefix + one.accountId }];
  });
}

/** Norms of every second week, from the accounts that were there. */
function weeklyNorms(book) {
  const made = new Map();
  return (at) => {
    const day = Math.floor(at / DAY_MS / 14) * 14;
    if (!made.has(day)) {
      const now = day * DAY_MS;
      const rows = book.flatMap(({ facts, outcome }) => {
        if (facts.createdAt > now || (outcome?.kind === "churned" && outcome.at <= now)) return [];
        const signals = measureSignals({ facts: factsAsOf(facts, now), model: DEFAULT_MODEL, now });
        return [{ accountId: facts.accountId, segments: facts.segments, signals }];
      });
      made.set(day, buildNorms({ rows, model: DEFAULT_MODEL, now }));
    }
    return made.get(day);
  };
}

/** Three days without data from anybody: accounts flagged in the two weeks after that would not have been without it. */
function outageRow() {
  const outageDays = [LAST_DAY - 45, LAST_DAY - 44, LAST_DAY - 43];
  const options = { accounts: 250, seed: "check-outage", lastDay: LAST_DAY };
  const calm = [...simulateBook(options)];
  const hit = [...simulateBook({ ...options, outageDays })];
  const found = detectOutages({ days: sourceDays(hit), from: LAST_DAY - 120, to: LAST_DAY })
    .filter(({ verdict }) => verdict === "outage")
    .map(({ day }) => day);
  const normsAt = weeklyNorms(calm);
  const from = (outageDays[0] - 20) * DAY_MS;
  const flags = (facts) =>
    replayTiers({
      facts,
      model: DEFAULT_MODEL,
      normsAt,
      from,
      to: (outageDays[2] + 14) * DAY_MS,
      everyDays: 2,
    });
  let alerts = 0;
  calm.forEach((twin, i) => {
    const quiet = flags(twin.facts);
    const loud = flags({ ...hit[i].facts, outages: { usage: found } });
    const isNew = loud.some(
      ({ tier }, k) => isFlag(tier) && !quiet.slice(0, k + 3).some((one) => isFlag(one.tier)),
    );
    if (isNew) alerts++;
  });
  const isFound = JSON.stringify(found) === JSON.stringify(outageDays);
  return {
    what: `three days of outage for all (found: ${isFound ? "yes" : "no"}): accounts flagged because of it (goal: 0)`,
    value: alerts,
    n: `${hit.length} accounts`,
    reached: alerts === 0 && isFound ? "yes" : "no",
  };
}

function sourceDays(book) {
  const days = new Map();
  for (const { facts } of book) {
    const seen = new Set();
    for (const { day, count } of facts.usage) {
      const row = days.get(day) ?? { source: "usage", day, events: 0, accounts: 0 };
      row.events += count;
      if (!seen.has(day)) row.accounts++;
      seen.add(day);
      days.set(day, row);
    }
  }
  return [...days.values()];
}

function round(value) {
  return value === null ? null : Number(value.toFixed(3));
}
