/** The rule of a sudden fall, on scores as they are and on their mean: how often it speaks, and of whom. */

import { STARTING_RULES } from "../../collector/dist/alerts/rule.js";
import { advanceRule, NO_STATE } from "../../collector/dist/alerts/rule-state.js";

/** Days of half-life of the mean; null: the plain score. */
export const HALF_LIVES = [null, 1, 2];
const DROP_RULE = STARTING_RULES.find(({ key }) => key === "sudden-drop");
/** As in the collector's query: what is left of a fall before it is over, and the reach of the mean. */
const CLEAR_SHARE = 0.6;
const FRESH_DAYS = 7;
const MEAN_HALF_LIVES = 5;

/** The moments at which the rule opens an alert over the days of a replay. */
export function followDrop(replay, halfLifeDays) {
  const { points, days } = DROP_RULE.trigger;
  const scores = replay.map(({ score }) => score);
  const opened = [];
  let state = NO_STATE;
  replay.forEach(({ at }, today) => {
    const before = scores.slice(Math.max(0, today - days), today).filter((one) => one !== null);
    const now = halfLifeDays === null ? scores[today] : meanOf(scores, today, halfLifeDays);
    const fall = now === null || before.length === 0 ? 0 : Math.max(...before) - now;
    const finding = fall >= points ? "met" : fall >= CLEAR_SHARE * points ? "between" : "cleared";
    const step = advanceRule(state, { finding, at }, DROP_RULE);
    state = step.state;
    if (step.action === "open") opened.push(at);
  });
  return opened;
}

function meanOf(scores, today, halfLifeDays) {
  const reach = FRESH_DAYS + Math.ceil(MEAN_HALF_LIVES * halfLifeDays);
  let sum = 0;
  let weight = 0;
  for (let day = Math.max(0, today - reach + 1); day <= today; day++) {
    if (scores[day] === null) continue;
    const share = 0.5 ** ((today - day) / halfLifeDays);
    sum += share * scores[day];
    weight += share;
  }
  return weight === 0 ? null : sum / weight;
}
