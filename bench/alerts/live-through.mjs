/** A simulated book, day by day, under a bare threshold and under the tier rule. */

import { START_DAYS, TIER_RULE } from "../../collector/dist/alerts/rule.js";
import { advanceRule, NO_STATE } from "../../collector/dist/alerts/rule-state.js";
import {
  buildNorms,
  factsAsOf,
  measureSignals,
  replayTiers,
  simulateBook,
} from "../../scoring/dist/index.js";
import { followDrop, HALF_LIVES } from "./drop-rule.mjs";

const DAY = 86_400_000;
const FOUND_DAYS = 90;
/** Accounts have a past: what was open before the first counted day is open on it. */
const PAST_DAYS = 60;
const LAST_DAY = Math.floor(Date.parse("2026-06-30T00:00:00Z") / DAY);

/** Counts alerts and found churners of one book. */
export function liveThrough({ seed, accounts, days, model }) {
  const to = (LAST_DAY + 1) * DAY - 1;
  const from = to - (days - 1) * DAY;
  const book = [...simulateBook({ accounts, seed, lastDay: LAST_DAY })];
  const norms = normsOf(book, { model, now: from });
  const counts = {
    daily: 0,
    crossings: 0,
    ours: 0,
    repeats: 0,
    most: 0,
    churners: 0,
    foundByDaily: 0,
    foundByCrossings: 0,
    foundByOurs: 0,
    missed: [],
    drops: HALF_LIVES.map(() => ({ alerts: 0, stayed: 0, found: 0 })),
  };
  for (const { facts, outcome } of book) {
    const churnedAt = outcome?.kind === "churned" && outcome.at >= from ? outcome.at : null;
    const replay = replayTiers({
      facts,
      model,
      normsAt: () => norms,
      from: from - PAST_DAYS * DAY,
      to: churnedAt ?? to,
    });
    const isLow = ({ score }) => score !== null && score < model.tiers.healthyFrom;
    const lowDays = replay.filter(isLow);
    const crossings = replay.filter((day, n) => n > 0 && isLow(day) && !isLow(replay[n - 1]));
    const { opened, openDays } = followRule(replay);
    const isCounted = (at) => at >= from;
    const ours = opened.filter(isCounted).length;
    counts.daily += lowDays.filter(({ at }) => isCounted(at)).length;
    counts.crossings += crossings.filter(({ at }) => isCounted(at)).length;
    counts.ours += ours;
    counts.repeats += Math.max(0, ours - 1);
    counts.most = Math.max(counts.most, ours);
    const isNear = (at) => churnedAt - at <= FOUND_DAYS * DAY && at < churnedAt;
    HALF_LIVES.forEach((halfLifeDays, i) => {
      const falls = followDrop(replay, halfLifeDays).filter(isCounted);
      counts.drops[i].alerts += falls.length;
      if (churnedAt === null && falls.length > 0) counts.drops[i].stayed += 1;
      if (churnedAt !== null && falls.some(isNear)) counts.drops[i].found += 1;
    });
    if (churnedAt === null) continue;
    const nearLowDays = lowDays.filter(({ at }) => isNear(at)).length;
    const isFound = openDays.some(isNear);
    counts.churners += 1;
    if (nearLowDays > 0) counts.foundByDaily += 1;
    if (crossings.some(({ at }) => isNear(at))) counts.foundByCrossings += 1;
    if (isFound) counts.foundByOurs += 1;
    if (nearLowDays > 0 && !isFound) {
      counts.missed.push({ seed, accountId: facts.accountId, lowDays: nearLowDays });
    }
  }
  return counts;
}

function normsOf(book, { model, now }) {
  return buildNorms({
    model,
    now,
    rows: book.map(({ facts }) => {
      const known = factsAsOf(facts, now);
      const { accountId, segments } = known;
      return { accountId, segments, signals: measureSignals({ facts: known, model, now }) };
    }),
  });
}

/** What the collector's query finds of a day, then what the collector's own rule makes of it. */
function followRule(replay) {
  let state = NO_STATE;
  let firstAt = null;
  let wasHealthy = false;
  const opened = [];
  const openDays = [];
  for (const { at, score, tier } of replay) {
    const isOld = firstAt !== null && at - firstAt >= START_DAYS * DAY;
    const isMet = (wasHealthy || isOld) && (tier === "at_risk" || tier === "critical");
    const finding = isMet ? "met" : tier === "healthy" ? "cleared" : "between";
    const step = advanceRule(state, { finding, at }, TIER_RULE);
    state = step.state;
    if (step.action === "open") opened.push(at);
    if (state.isOpen) openDays.push(at);
    if (score !== null) firstAt ??= at;
    if (tier === "healthy") wasHealthy = true;
  }
  return { opened, openDays };
}
