import { type MeasuredSignal, measureSignals, type ScoringModel } from "@telltale/scoring";
import type { AccountRow } from "./queries.ts";
import type { ScorableAccount } from "./read-facts.ts";

/** An account with its signals: small enough to keep for a whole project. */
export interface MeasuredAccount {
  account: AccountRow;
  /** Milliseconds since the epoch. */
  createdAt: number;
  segments: readonly string[];
  signals: MeasuredSignal[];
}

/** @param span - the model, the moment and its day number in the project's time zone */
export function measureAccounts(
  accounts: ScorableAccount[],
  span: { model: ScoringModel; now: number; today: number },
): MeasuredAccount[] {
  return accounts.map(({ account, facts }) => ({
    account,
    createdAt: facts.createdAt,
    segments: facts.segments,
    signals: measureSignals({ facts, ...span }),
  }));
}
