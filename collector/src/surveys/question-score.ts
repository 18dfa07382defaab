import type { SurveyStep } from "@telltale/protocol";
import { type Estimate, estimateMean, estimateNps, estimateShare } from "./intervals.ts";

/** The number that a kind of question is known for. */
export interface QuestionScore extends Estimate {
  /**
   * `csat`: percent satisfied; `nps`: −100 to 100; `ces` and `mean`: the mean mark; `thumbs`: percent
   * of thumbs up.
   */
  name: "csat" | "nps" | "ces" | "thumbs" | "mean";
}

/** From this on, on 0–100, a mark counts as satisfied: 4 and 5 of 5, 3 of 3, 6 and 7 of 7, 8 to 10 of 10. */
const SATISFIED_FROM = 75;

const total = (counts: ReadonlyMap<number, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0);

function countWhere(counts: ReadonlyMap<number, number>, test: (mark: number) => boolean): number {
  let sum = 0;
  for (const [mark, count] of counts) if (test(mark)) sum += count;
  return sum;
}

/**
 * The score of a question from its answers.
 *
 * @param counts - answers by mark
 * @returns null without answers, or for a question without marks
 */
export function scoreQuestion(
  step: SurveyStep,
  counts: ReadonlyMap<number, number>,
): QuestionScore | null {
  const answers = total(counts);
  if (answers === 0) return null;
  switch (step.kind) {
    case "nps": {
      const promoters = countWhere(counts, (mark) => mark >= 9);
      const detractors = countWhere(counts, (mark) => mark <= 6);
      return { name: "nps", ...estimateNps(promoters, detractors, answers) };
    }
    case "thumbs":
      return { name: "thumbs", ...estimateShare(counts.get(1) ?? 0, answers) };
    case "rating": {
      if (step.measure === "csat") {
        const isSatisfied = (mark: number) =>
          (100 * (mark - 1)) / (step.scale - 1) >= SATISFIED_FROM;
        return { name: "csat", ...estimateShare(countWhere(counts, isSatisfied), answers) };
      }
      const name = step.measure === "ces" ? "ces" : "mean";
      return { name, ...estimateMean(counts, [1, step.scale]) };
    }
    default:
      return null;
  }
}

/** The marks that a question can be answered with, in order; empty for words and choices. */
export function marksOf(step: SurveyStep): number[] {
  const range = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at);
  switch (step.kind) {
    case "nps":
      return range(0, 10);
    case "thumbs":
      return [0, 1];
    case "rating":
      return range(1, step.scale);
    default:
      return [];
  }
}
