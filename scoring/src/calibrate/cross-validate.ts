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
}

/**
 * Cross-validates a logistic regression, with both labels spread evenly over the folds. The area is the mean over folds:
 * probabilities of different fits are not put into one order.
 *
 * @see Kohavi, "A study of cross-validation and bootstrap …", IJCAI 1995 (stratified folds)
 * @see https://doi.org/10.1145/1882471.1882479 (Forman and Scholz 2010: average the area over folds)
 * @returns null when a label has fewer cases than there are folds
 * @throws {RangeError} if `folds` is below 2
 */
export function crossValidate(input: CrossValidateInput): CrossValidation | null {
  const { rows, labels, folds, seed } = input;
  if (!(folds >= 2)) throw new RangeError(`crossValidate requires 2 folds or more, got ${folds}`);
  const fold = assignFolds(labels, folds, seed);
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
  return { areaUnderCurve: area / folds, logLoss: loss / rows.length, probabilities };
}

/** A fold for each case, stratified by label; null when a label cannot fill every fold. */
function assignFolds(labels: readonly boolean[], folds: number, seed: string): number[] | null {
  const random = createRandom(seed);
  const fold = new Array<number>(labels.length);
  for (const label of [true, false]) {
    const members = labels.map((_, i) => i).filter((i) => labels[i] === label);
    if (members.length < folds) return null;
    for (let i = members.length - 1; i > 0; i--) {
      const j = random.integer(i + 1);
      [members[i], members[j]] = [members[j] as number, members[i] as number];
    }
    members.forEach((member, i) => {
      fold[member] = i % folds;
    });
  }
  return fold;
}
