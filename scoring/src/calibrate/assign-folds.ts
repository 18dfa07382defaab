/**
 * Parts of a set of cases, to judge a fit on what it has not seen.
 *
 * @module
 */

import { createRandom } from "../stats/random.ts";

/** What {@link assignFolds} deals out. */
export interface FoldsInput {
  labels: readonly boolean[];
  /** Whose case each label is, in their order: all cases of one account share a fold. */
  accountIds: readonly string[];
  /** 2 or more. */
  folds: number;
  /** The same seed gives the same folds. */
  seed: string;
}

/**
 * Deals the accounts out, so that those of either label are spread evenly over the folds: first the accounts with nothing
 * but false labels, then those with both, then those with nothing but true ones, each group in a drawn order. So either
 * label is dealt out without a gap.
 *
 * @see Kohavi, "A study of cross-validation and bootstrap …", IJCAI 1995 (stratified folds)
 * @returns the fold of each case, from 0, in their order; null when fewer accounts have a label than there are folds
 */
export function assignFolds({ labels, accountIds, folds, seed }: FoldsInput): number[] | null {
  const labelsOf = new Map<string, Set<boolean>>();
  accountIds.forEach((id, i) => {
    labelsOf.set(id, (labelsOf.get(id) ?? new Set()).add(labels[i] as boolean));
  });
  const withLabel = (label: boolean): number =>
    [...labelsOf.values()].filter((own) => own.has(label)).length;
  if (Math.min(withLabel(true), withLabel(false)) < folds) return null;
  const random = createRandom(seed);
  const accounts = [...labelsOf.keys()];
  for (let i = accounts.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    [accounts[i], accounts[j]] = [accounts[j] as string, accounts[i] as string];
  }
  const rankOf = (id: string): number => {
    const own = labelsOf.get(id) as Set<boolean>;
    return own.size === 2 ? 1 : own.has(true) ? 2 : 0;
  };
  accounts.sort((a, b) => rankOf(a) - rankOf(b));
  const foldOf = new Map(accounts.map((id, i) => [id, i % folds]));
  return accountIds.map((id) => foldOf.get(id) as number);
}
