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
import type { EvaluationCase } from "./evaluation-case.ts";
import { LEAST_OF_EACH_CLASS } from "./figure.ts";

/** Rank correlation above which two signals say the same [ours]. */
const REDUNDANT = 0.9;

/** What is told of one signal. */
export interface SignalAudit {
  key: string;
  /** Accounts that have it. */
  n: number;
  /** Outcomes before which it was known, at the horizon of the cases. */
  outcomes: number;
  /** Probability that a churned account had the lower normalised value; null under 10 outcomes of either class. */
  areaUnderCurve: number | null;
  /** The other signal it goes with most, by Spearman's ρ. */
  closest: { key: string; correlation: number; isRedundant: boolean } | null;
  /** If it went dark. */
  withoutIt: {
    /** Accounts whose tier would be another. */
    tierChanges: number;
    /** Mean and largest distance, in points, that the scores which stay would move, up or down. */
    meanMove: number;
    mostMove: number;
    /** Accounts that would lose their score. */
    unknown: number;
  };
}

/** What {@link auditSignals} looks at. */
export interface AuditInput {
  /** Accounts with their signals, as of one date: what the signals say together, and who would miss one. */
  accounts: readonly AccountSignals[];
  /** Accounts whose outcome is known, as of a horizon before it: what each signal said of it then. */
  cases: readonly Pick<EvaluationCase, "signals" | "isChurned">[];
  model: ScoringModel;
  /** To judge `accounts` by. */
  norms: Norms;
}

/**
 * Audits every signal of a model. How a signal tells churn is judged by outcomes and what was known before them: an
 * account that has left says nothing today, and that would tell it from the others without being a warning. What would be
 * missed is found by leaving the signal out and scoring again [ours].
 *
 * @returns one row per `model.signals`, in that order
 */
export function auditSignals({ accounts, cases, model, norms }: AuditInput): SignalAudit[] {
  const scorer = createScorer({ model, norms });
  const full = accounts.map((account) => scorer.score(account));
  return model.signals.map(({ key }) => ({
    key,
    n: accounts.filter((account) => signalValue(account, key) !== null).length,
    ...judgeAlone(key, cases),
    closest: findClosest(key, accounts, model),
    withoutIt: leaveOut(key, accounts, { scorer, full }),
  }));
}

function judgeAlone(
  key: string,
  cases: AuditInput["cases"],
): Pick<SignalAudit, "outcomes" | "areaUnderCurve"> {
  const known = cases.flatMap(({ signals, isChurned }) => {
    const normalized = signals[key] ?? null;
    return normalized === null ? [] : [{ value: -normalized, isPositive: isChurned }];
  });
  const churned = known.filter((row) => row.isPositive).length;
  const isEnough = Math.min(churned, known.length - churned) >= LEAST_OF_EACH_CLASS;
  return { outcomes: known.length, areaUnderCurve: isEnough ? areaUnderCurve(known) : null };
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
  let mostMove = 0;
  accounts.forEach((account, i) => {
    const before = full[i] as ReturnType<typeof scorer.score>;
    const signals = account.signals.filter((signal) => signal.key !== key);
    const after = scorer.score({ ...account, signals });
    if (after.tier !== before.tier) tierChanges++;
    if (after.score === null && before.score !== null) unknown++;
    if (after.score !== null && before.score !== null) {
      const move = Math.abs(after.score - before.score);
      moves += move;
      mostMove = Math.max(mostMove, move);
      moved++;
    }
  });
  return { tierChanges, meanMove: moved === 0 ? 0 : moves / moved, mostMove, unknown };
}
