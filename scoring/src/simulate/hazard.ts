/**
 * The true hazard of simulated accounts: the law that the engine is to find.
 *
 * @module
 */

import type { Life } from "./life.ts";

/** The decision is made on the days from so many … */
const DECISION_FROM_DAYS = 75;
/** … to so many before the renewal; what comes later follows from it. */
const DECISION_TO_DAYS = 30;

/**
 * The probability that an account with this much engagement and satisfaction does not renew.
 *
 * Logistic in −3.8 + 7·(1 − min(1, engagement)) + 10·max(0, 0.7 − satisfaction): 2.2 % for a content and busy account
 * (take-overs, budgets, persons: not to be foreseen), 43 % at half of the usual use, 70 % at a third of it, 67 % for a
 * busy account with satisfaction 0.25. Nothing else enters: neither size nor season.
 *
 * @param engagement - use against the own norm, mean of the decision window
 * @param satisfaction - 0–1, mean of the decision window
 */
export function churnProbability(engagement: number, satisfaction: number): number {
  const logit = -3.8 + 7 * (1 - Math.min(1, engagement)) + 10 * Math.max(0, 0.7 - satisfaction);
  return 1 / (1 + Math.exp(-logit));
}

/**
 * The true probability of churn of a life, from its decision window.
 *
 * @param life - hidden course of the account
 * @param renewalDay - index of the day on which it renews or not
 * @returns null when less than half of the window lies within the life
 */
export function trueHazard(life: Life, renewalDay: number): number | null {
  let engagement = 0;
  let satisfaction = 0;
  let days = 0;
  for (let day = renewalDay - DECISION_FROM_DAYS; day < renewalDay - DECISION_TO_DAYS; day++) {
    if (day < 0 || day >= life.engagement.length) continue;
    engagement += life.engagement[day] as number;
    satisfaction += life.satisfaction[day] as number;
    days++;
  }
  if (days < (DECISION_FROM_DAYS - DECISION_TO_DAYS) / 2) return null;
  return churnProbability(engagement / days, satisfaction / days);
}
