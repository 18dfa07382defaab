import { type AccountFacts, type MeasuredSignal, stableHash } from "@telltale/scoring";
import type { Judge } from "./judge.ts";

/** Names all that a score was made of: two scores with one hash are the same, to the bit. */
export function inputHashOf(
  facts: AccountFacts,
  signals: readonly MeasuredSignal[],
  judge: Judge,
): string {
  const { createdAt, segments } = facts;
  return stableHash(
    JSON.stringify([signals, judge.model.version, judge.norms.version, createdAt, segments]),
  );
}
