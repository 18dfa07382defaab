/**
 * Where to draw the line, at a price that is agreed on.
 *
 * @module
 */

import type { EvaluationCase } from "../evaluate/evaluation-case.ts";
import { LEAST_OF_EACH_CLASS } from "../evaluate/figure.ts";

/** One possible line. */
export interface ThresholdPoint {
  /** Scores below are flagged, 0–100. */
  threshold: number;
  flagged: number;
  /** Churned accounts below the line ÷ churned accounts. */
  recall: number;
  /** Accounts below the line that stayed ÷ accounts below it. */
  falseAlarmShare: number;
}

/** Lines that outcomes suggest. */
export interface ThresholdSuggestion {
  status: "ok" | "too-few-outcomes" | "not-reachable";
  /** Finds the most churn within the budget. */
  healthyFrom: ThresholdPoint | null;
  /** Finds the most churn within half of the budget. */
  criticalBelow: ThresholdPoint | null;
  /** Every line that makes a difference, from low to high. */
  curve: ThresholdPoint[];
}

/** Flags below which a share of false alarms is luck. */
const LEAST_FLAGS = 10;

/**
 * The lines that find the most churn while at most a given share of flags are false alarms: of all lines that part two
 * scores, tried one by one, the one of the highest recall within the budget [ours].
 *
 * @param cases - all at one horizon; those without a score are left out
 * @param falseAlarmBudget - share of flags that may stay, above 0, below 1
 * @throws {RangeError} if the budget is out of range
 */
export function suggestThresholds(
  cases: readonly EvaluationCase[],
  falseAlarmBudget: number,
): ThresholdSuggestion {
  if (!(falseAlarmBudget > 0 && falseAlarmBudget < 1)) {
    throw new RangeError(`suggestThresholds requires a budget in (0, 1), got ${falseAlarmBudget}`);
  }
  const rows = cases
    .flatMap(({ score, isChurned }) => (score === null ? [] : [{ score, isChurned }]))
    .sort((a, b) => a.score - b.score);
  const churned = rows.filter((row) => row.isChurned).length;
  if (Math.min(churned, rows.length - churned) < LEAST_OF_EACH_CLASS) {
    return { status: "too-few-outcomes", healthyFrom: null, criticalBelow: null, curve: [] };
  }
  const curve: ThresholdPoint[] = [];
  let found = 0;
  rows.forEach(({ score, isChurned }, i) => {
    if (isChurned) found++;
    const next = rows[i + 1];
    if (!next || next.score === score) return;
    const middle = (score + next.score) / 2;
    curve.push({
      // Between neighbouring numbers there is no other, and the middle is one of them.
      threshold: middle > score ? middle : next.score,
      flagged: i + 1,
      recall: found / churned,
      falseAlarmShare: 1 - found / (i + 1),
    });
  });
  const within = (budget: number): ThresholdPoint | null => {
    const fitting = curve.filter(
      (point) => point.flagged >= LEAST_FLAGS && point.falseAlarmShare <= budget,
    );
    return fitting.reduce<ThresholdPoint | null>(
      (best, point) => (best && best.recall >= point.recall ? best : point),
      null,
    );
  };
  const healthyFrom = within(falseAlarmBudget);
  return {
    status: healthyFrom ? "ok" : "not-reachable",
    healthyFrom,
    criticalBelow: within(falseAlarmBudget / 2),
    curve,
  };
}
