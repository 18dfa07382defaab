import {
  type AccountSignals,
  compareScores,
  createScorer,
  type MeasuredSignal,
  type ScoreComparison,
  type ScoredAccount,
  type Scorer,
  type ScoringModel,
  type SignalChange,
  type Tier,
} from "@telltale/scoring";
import type { Judge } from "../scores/judge.ts";

/** A signal as an account's newest score holds it. */
export interface StandingSignal {
  component: string;
  key: string;
  unit: string;
  /** In `unit`; null when missing. */
  value: number | null;
  /** 0–100; null when missing. */
  normalized: number | null;
}

/** An account as its newest score left it. */
export interface StandingAccount {
  accountId: string;
  name: string | null;
  /** The confirmed tier. */
  tier: Tier;
  /** A year's worth; null when unknown. */
  value: number | null;
  /** Milliseconds since the epoch. */
  createdAt: number;
  segments: string[];
  signals: StandingSignal[];
}

/** What is taken to be otherwise. */
export interface BookAssumption {
  /** The same signals with other weights or bounds. */
  model: ScoringModel;
  signals: readonly SignalChange[];
  /** Whether the changes of signals hold for an account. */
  affects: (account: StandingAccount) => boolean;
}

/** An account before and after. */
export interface AssumedAccount {
  account: StandingAccount;
  before: ScoredAccount;
  after: ScoredAccount;
}

/** What would become of the book. */
export interface AssumedBook {
  accounts: AssumedAccount[];
  comparison: ScoreComparison;
  /** A year's worth in `at_risk` and `critical`. */
  valueAtRisk: { before: number; after: number };
}

/** Answers that leave no doubt: what is assumed is not drawn to the project's mean. */
const CERTAIN = 1e6;

/**
 * Scores a book as it stands and as assumed, from what its newest scores hold, so that thousands of
 * accounts take the time of a page. Tiers are those of the bounds, without notice. A signal that is
 * compared with the account's own past stays as it is.
 *
 * @param now - milliseconds since the epoch
 */
export function assumeBook(
  book: readonly StandingAccount[],
  { model, norms }: Judge,
  { assumption, now }: { assumption: BookAssumption; now: number },
): AssumedBook {
  const asIs = createScorer({ model, norms });
  const assumed = createScorer({ model: assumption.model, norms });
  const accounts = book.map((account): AssumedAccount => {
    const changes = assumption.affects(account) ? assumption.signals : [];
    return {
      account,
      before: score(asIs, account, [], now),
      after: score(assumed, account, changes, now),
    };
  });
  return {
    accounts,
    comparison: compareScores(
      accounts.map(({ before }) => before),
      accounts.map(({ after }) => after),
    ),
    valueAtRisk: {
      before: sumAtRisk(accounts, ({ before }) => before.tier),
      after: sumAtRisk(accounts, ({ after }) => after.tier),
    },
  };
}

function sumAtRisk(accounts: AssumedAccount[], tierOf: (one: AssumedAccount) => Tier): number {
  return accounts
    .filter((one) => ["at_risk", "critical"].includes(tierOf(one)))
    .reduce((sum, { account }) => sum + (account.value ?? 0), 0);
}

function score(
  scorer: Scorer,
  account: StandingAccount,
  changes: readonly SignalChange[],
  now: number,
): ScoredAccount {
  const signals = new Map<string, MeasuredSignal>();
  for (const { component, key, unit, value, normalized } of account.signals) {
    const known = signals.get(key);
    signals.set(key, {
      key,
      value,
      unit,
      sampleSize: 1,
      observedAt: null,
      status: value === null ? "missing" : "ok",
      placed: { ...known?.placed, [component]: normalized },
    });
  }
  for (const change of changes) assume(signals, change);
  const { accountId, createdAt, segments } = account;
  const input: AccountSignals = {
    accountId,
    createdAt,
    segments,
    signals: [...signals.values()],
    now,
  };
  return scorer.score(input);
}

function assume(signals: Map<string, MeasuredSignal>, change: SignalChange): void {
  const known = signals.get(change.signal);
  if (!known) return;
  const value = changed(known.value, change);
  if (value === known.value) return;
  const { placed: _, ...rest } = known;
  signals.set(change.signal, { ...rest, value, status: "ok", effectiveSize: CERTAIN });
}

/** A missing signal changes only by `to`. */
function changed(value: number | null, change: SignalChange): number | null {
  if ("to" in change) return change.to;
  if (value === null) return null;
  return "times" in change ? value * change.times : value + change.plus;
}
