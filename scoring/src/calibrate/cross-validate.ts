/**
 * Judging a fit on cases that it has not seen.
 *
 * @module
 */

import { fitLogistic, type LogisticInput, logisticProbability } from "../stats/logistic.ts";
import { createRandom } from "../stats/random.ts";
import { areaUnderCurve } from "../stats/ranking.ts";

/** What is fitted and judged. */
export interface CrossValidateInput extends LogisticInput {
  /** Whose case each row is, in their order: all of one account are judged by a fit that saw none of them. */
  accountIds: readonly string[];
  /** Parts; each is judged by a fit on the others. 2 or more. */
  folds: number;
  /** The same seed gives the same folds. */
  seed: string;
}

/** How a fit does on cases that it has not seen. */
export interface CrossValidation {
  /** Mean over the folds of the area under the ROC curve. */
  areaUnderCurve: number;
  /** Mean log loss over all cases. */
  logLoss: number;
  /** Probability of each case by the fit that did not see it, in the order of the rows. */
  probabilities: number[];
  /** The fold of each case, from 0, in the order of the rows. */
  fold: number[];
}

/**
 * Cross-validates a logistic regression, with the accounts of both labels spread evenly over the folds. The area is the
 * mean over folds: probabilities of different fits are not put into one order.
 *
 * @see Kohavi, "A study of cross-validation and bootstrap …", IJCAI 1995 (stratified folds)
 * @see https://doi.org/10.1145/1882471.1882479 (Forman and Scholz 2010: average the area over folds)
 * @returns null when fewer accounts have a label than there are folds
 * @throws {RangeError} if `folds` is below 2
 */
export function crossValidate(input: CrossValidateInput): CrossValidation | null {
  const { rows, labels, folds } = input;
  if (!(folds >= 2)) throw new RangeError(`crossValidate requires 2 folds or more, got ${folds}`);
  const fold = assignFolds(input);
  if (!fold) return null;
  const probabilities = new Array<number>(rows.length).fill(0);
  let area = 0;
  for (let part = 0; part < folds; part++) {
    const seen = rows.map((_, i) => i).filter((i) => fold[i] !== part);
    const unseen = rows.map((_, i) => i).filter((i) => fold[i] === part);
    const fit = fitLogistic({
      ...input,
      rows: seen.map((i) => rows[i] as readonly number[]),
      labels: seen.map((i) => labels[i] as boolean),
    });
    if (!fit) return null;
    for (const i of unseen) {
      probabilities[i] = logisticProbability(fit, rows[i] as readonly number[]);
    }
    area += areaUnderCurve(
      unseen.map((i) => ({ value: probabilities[i] as number, isPositive: labels[i] as boolean })),
    ) as number;
  }
  let loss = 0;
  probabilities.forEach((p, i) => {
    loss -= Math.log(Math.max(1e-15, labels[i] ? p : 1 - p));
  });
  return { areaUnderCurve: area / folds, logLoss: loss / rows.length, probabilities, fold };
}

/**
 * Deals out the accounts: first those with nothing but false labels, then those with both, then those with nothing but true
 * ones, each group in a drawn order. So either label is dealt out without a gap, and every fold has its share of it.
 *
 * @returns the fold of each case; null when a label cannot fill every fold
 */
function assignFolds({
  labels,
  accountIds,
  folds,
  seed,
}: Pick<CrossValidateInput, "labels" | "accountIds" | "folds" | "seed">): number[] | null {
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
