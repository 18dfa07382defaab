/** One account from its rows: measure, score, tier, and explain a month. */

import {
  advanceTier,
  buildNorms,
  DEFAULT_MODEL,
  explainChange,
  factsAsOf,
  measureSignals,
  scoreAccount,
  simulateBook,
} from "../../scoring/dist/index.js";
import { fastest } from "./timing.mjs";

const DAY_MS = 86_400_000;
const LAST_DAY = 20_700;

export function oneAccountTable() {
  const model = DEFAULT_MODEL;
  const book = [...simulateBook({ accounts: 40, seed: "one account", lastDay: LAST_DAY })];
  const now = LAST_DAY * DAY_MS + DAY_MS / 2;
  const rows = book.map(({ facts }) => ({
    accountId: facts.accountId,
    segments: facts.segments,
    signals: measureSignals({ facts, model, now }),
  }));
  const norms = buildNorms({ rows, model, now });
  const { facts } = book.reduce((a, b) => (a.facts.usage.length >= b.facts.usage.length ? a : b));
  const score = () => {
    const signals = measureSignals({ facts, model, now });
    const scored = scoreAccount({ ...facts, signals, model, norms, now });
    return advanceTier({ state: null, scored, model, now });
  };
  const then = now - 30 * DAY_MS;
  const explain = () =>
    explainChange(
      { facts: factsAsOf(facts, then), model, norms, now: then },
      { facts, model, norms, now },
    );
  const [scoring, explaining] = fastest([score, explain], 15);
  return {
    title: `One account of ${facts.usage.length} usage rows, 365 days (goal: ≤ 20 ms, database aside)`,
    rows: [
      {
        what: "measure, score, tier",
        ms: Number(scoring.toFixed(2)),
        reached: scoring <= 20 ? "yes" : "no",
      },
      {
        what: "explain 30 days",
        ms: Number(explaining.toFixed(2)),
        reached: explaining <= 20 ? "yes" : "no",
      },
    ],
  };
}
