/**
 * Judging a fit on cases that it has not seen.
 *
 * @module
 */

import { fitLogistic, type LogisticInput, logisticProbability } from "../stats/logistic.ts";
import { areaUnderCurve } from "../stats/ranking.ts";
import { assignFolds, type FoldsInput } from "./assign-folds.ts";

/** What is fitted and judged. */
export type CrossValidateInput = LogisticInput & FoldsInput;

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
 * Cross-validates a logistic regression over the folds of {@link assignFolds}: each is judged by a fit on the others. The
 * area is the mean over folds, because probabilities of different fits can't be put into one order.
 *
 * @see https://doi.org/10.1145/1882471.1882479 (Forman and Scholz 2010: average the area over folds)
 * @returns null when fewer accounts have a label than there are folds
 * @throws {RangeError} if `folds` is below 2
 */
export function crossValidate(input: CrossValidateInput): CrossValidation | null {
  const { rows, labels, folds } = input;
  if (!(folds >= 2)) throw new RangeError(`crossValidate requires 2 folds or more, got ${folds}`);
  const foldOf = assignFolds(input);
  if (!foldOf) return null;
  const probabilities = new Array<number>(rows.length).fill(0);
  let area = 0;
  for (let part = 0; part < folds; part++) {
    const seen = rows.map((_, i) => i).filter((i) => foldOf[i] !== part);
    const unseen = rows.map((_, i) => i).filter((i) => foldOf[i] === part);
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
