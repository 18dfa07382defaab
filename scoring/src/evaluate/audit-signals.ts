/**
 * What each signal is worth, and what would be missed without it.
 *
 * @module
 */

import type { ScoringModel } from "../model/model.ts";
import type { Norms } from "../norms/norms.ts";
import { type AccountSignals, createScorer } from "../score/score-account.ts";
import { rankCorrelation } from "../stats/correlation.ts";
import { areaUnderCurve } from "../stats/ranking.ts";
import { LEAST_OF_EACH_CLASS } from "./figure.ts";

/** Rank correlation from which two signals say the same. */
const REDUNDANT = 0.9;

/** One account of an audit. */
export interface AuditedAccount extends AccountSignals {
  /** Null while the outcome is unknown. */
  isChurned: boolean | null;
}

/** What is told of one signal. */
export interface SignalAudit {
  key: string;
  /** Accounts that have it. */
  n: number;
  /** Probability that a churned account has the lower normalised value; null with too few outcomes. */
  areaUnderCurve: number | null;
  /** The other signal it goes with most, by Spearman's ρ. */
  closest: { key: string; correlation: number; isRedundant: boolean } | null;
  /** If it went dark: accounts whose tier would be another, the mean move of scores, and who would lose the score. */
  withoutIt: { tierChanges: number; meanMove: number; unknown: number };
}

/**
 * Audits every signal of a model on a set of accounts.
 *
 * @param input - accounts with their signals, as of one date each
 */
export function auditSignals({
  accounts,
  model,
  norms,
}: {
  accounts: readonly AuditedAccount[];
  model: ScoringModel;
  norms: Norms;
}): SignalAudit[] {
  const scorer = createScorer({ model, norms });
  const full = accounts.map((account) => scorer.score(account));
  return model.signals.map((spec) => {
    const known = accounts.flatMap((account, i) => {
      const normalized = full[i]?.components
        .flatMap((component) => component.signals)
        .find((signal) => signal.key === spec.key)?.normalized;
      return normalized == null ? [] : [{ value: -normalized, isChurned: account.isChurned }];
    });
    const labelled = known.flatMap(({ value, isChurned }) =>
      isChurned === null ? [] : [{ value, isPositive: isChurned }],
    );
    const churned = labelled.filter((row) => row.isPositive).length;
    const isEnough = Math.min(churned, labelled.length - churned) >= LEAST_OF_EACH_CLASS;
    return {
      key: spec.key,
      n: known.length,
      areaUnderCurve: isEnough ? areaUnderCurve(labelled) : null,
      closest: findClosest(spec.key, accounts, model),
      withoutIt: leaveOut(spec.key, accounts, { scorer, full }),
    };
  });
}

function signalValue(account: AccountSignals, key: string): number | null {
  return account.signals.find((signal) => signal.key === key)?.value ?? null;
}

function findClosest(
  key: string,
  accounts: readonly AccountSignals[],
  model: ScoringModel,
): SignalAudit["closest"] {
  let closest: SignalAudit["closest"] = null;
  for (const other of model.signals) {
    if (other.key === key) continue;
    const pairs = accounts.flatMap((account) => {
      const a = signalValue(account, key);
      const b = signalValue(account, other.key);
      return a === null || b === null ? [] : [[a, b] as const];
    });
    const rho = rankCorrelation(
      pairs.map(([a]) => a),
      pairs.map(([, b]) => b),
    );
    if (rho === null || (closest && Math.abs(rho) <= Math.abs(closest.correlation))) continue;
    closest = { key: other.key, correlation: rho, isRedundant: Math.abs(rho) > REDUNDANT };
  }
  return closest;
}

function leaveOut(
  key: string,
  accounts: readonly AccountSignals[],
  {
    scorer,
    full,
  }: { scorer: ReturnType<typeof createScorer>; full: ReturnType<typeof scorer.score>[] },
): SignalAudit["withoutIt"] {
  let tierChanges = 0;
  let unknown = 0;
  let moves = 0;
  let moved = 0;
  accounts.forEach((account, i) => {
    const before = full[i] as ReturnType<typeof scorer.score>;
    const signals = account.signals.filter((signal) => signal.key !== key);
    const after = scorer.score({ ...account, signals });
    if (after.tier !== before.tier) tierChanges++;
    if (after.score === null && before.score !== null) unknown++;
    if (after.score !== null && before.score !== null) {
      moves += Math.abs(after.score - before.score);
      moved++;
    }
  });
  return { tierChanges, meanMove: moved === 0 ? 0 : moves / moved, unknown };
}
