/**
 * What became of an account.
 *
 * @module
 */

/** Kinds of outcome. */
export const OUTCOME_KINDS = ["renewed", "churned", "expanded", "contracted"] as const;

/** A kind of outcome. Expanded and contracted accounts stayed. */
export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** One outcome of one account. */
export interface Outcome {
  accountId: string;
  kind: OutcomeKind;
  /** When it took place, in milliseconds since the Unix epoch. */
  at: number;
  /** Contract value it was about, in the project's currency; null when unknown. */
  value: number | null;
}
