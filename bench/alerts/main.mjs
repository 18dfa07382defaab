/**
 * How much noise do the confirmed tier, the notice and the cool-down save, and at what price? The
 * simulated book of 200 accounts × 180 days, twice: with a bare threshold on the score, and with the
 * tier rule as it runs live. "Found": an alert within the 90 days before the churn.
 *
 * `npm run bench:alerts -- --accounts 200 --days 180`
 */

import { parseArgs } from "node:util";
import { TIER_RULE } from "../../collector/dist/alerts/rule.js";
import { advanceRule, NO_STATE } from "../../collector/dist/alerts/rule-state.js";
import {
  buildNorms,
  DEFAULT_MODEL,
  factsAsOf,
  measureSignals,
  replayTiers,
  simulateBook,
} from "../../scoring/dist/index.js";

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "200" },
    days: { type: "string", default: "180" },
    seed: { type: "string", default: "alerts" },
  },
});
const DAY = 86_400_000;
const FOUND_DAYS = 90;
const accounts = Number(values.accounts);
const days = Number(values.days);
const lastDay = Math.floor(Date.parse("2026-06-30T00:00:00Z") / DAY);
const to = (lastDay + 1) * DAY - 1;
const from = to - (days - 1) * DAY;
const model = { ...DEFAULT_MODEL, effectiveFrom: "2020-01-01T00:00:00.000Z" };

const book = [...simulateBook({ accounts, seed: values.seed, lastDay })];
const norms = buildNorms({
  model,
  now: from,
  rows: book.map(({ facts }) => {
    const known = factsAsOf(facts, from);
    const { accountId, segments } = known;
    return { accountId, segments, signals: measureSignals({ facts: known, model, now: from }) };
  }),
});

const bare = { alerts: 0, crossings: 0, found: new Set(), most: 0 };
const ours = { alerts: 0, found: new Set(), most: 0, flaps: 0 };
let churners = 0;
for (const { facts, outcome } of book) {
  const churnedAt = outcome?.kind === "churned" && outcome.at >= from ? outcome.at : null;
  if (churnedAt !== null) churners += 1;
  const replay = replayTiers({ facts, model, normsAt: () => norms, from, to: churnedAt ?? to });
  const isFound = (at) =>
    churnedAt !== null && churnedAt - at <= FOUND_DAYS * DAY && at < churnedAt;
  const bareAlerts = lowDays(replay);
  bare.crossings += crossings(replay);
  const ourAlerts = confirmed(replay);
  bare.alerts += bareAlerts.length;
  ours.alerts += ourAlerts.length;
  bare.most = Math.max(bare.most, bareAlerts.length);
  ours.most = Math.max(ours.most, ourAlerts.length);
  ours.flaps += Math.max(0, ourAlerts.length - 1);
  // An alert that is open counts as well as one that opens.
  if (bareAlerts.some(isFound) || isLow(replay, churnedAt)) bare.found.add(facts.accountId);
  if (ourAlerts.some(isFound) || isFlagged(replay, churnedAt)) ours.found.add(facts.accountId);
}
const kept = [...bare.found].filter((id) => ours.found.has(id)).length;
const fewer = 1 - ours.alerts / bare.alerts;
const flapsPerYear = (ours.flaps / accounts) * (365 / days);
const rows = {
  "alerts of a bare threshold": { value: bare.alerts, goal: "" },
  "its crossings alone": { value: bare.crossings, goal: "" },
  "alerts of the tier rule": { value: ours.alerts, goal: "" },
  "fewer alerts": { value: `${Math.round(fewer * 100)} %`, goal: ">= 90 %" },
  "repeats per account and year": { value: flapsPerYear.toFixed(2), goal: "<= 1" },
  "most alerts of one account": { value: `${ours.most} (bare ${bare.most})`, goal: "" },
  churners: { value: churners, goal: "" },
  "found by the bare threshold": { value: bare.found.size, goal: "" },
  "of these found by the tier rule": { value: kept, goal: "all" },
};
console.table(rows);
process.exit(fewer >= 0.9 && flapsPerYear <= 1 && kept === bare.found.size ? 0 : 1);

function isBelow({ score }) {
  return score !== null && score < model.tiers.healthyFrom;
}

/** A threshold without memory: an alert for each day on which the score is below the healthy bound. */
function lowDays(replay) {
  return replay.filter(isBelow).map(({ at }) => at);
}

/** A threshold that remembers yesterday: an alert for each day on which the score falls below. */
function crossings(replay) {
  return replay.filter((day, n) => n > 0 && isBelow(day) && !isBelow(replay[n - 1])).length;
}

function confirmed(replay) {
  let state = NO_STATE;
  let wasHealthy = false;
  const opened = [];
  for (const { at, tier } of replay) {
    if (tier === "healthy") wasHealthy = true;
    const isMet = wasHealthy && (tier === "at_risk" || tier === "critical");
    const finding = isMet ? "met" : tier === "healthy" ? "cleared" : "between";
    const step = advanceRule(state, { finding, at }, TIER_RULE);
    state = step.state;
    if (step.action === "open") opened.push(at);
  }
  return opened;
}

function isLow(replay, churnedAt) {
  const last = replay.filter(({ at }) => churnedAt !== null && at < churnedAt).at(-1);
  return last !== undefined && last.score !== null && last.score < model.tiers.healthyFrom;
}

function isFlagged(replay, churnedAt) {
  const last = replay.filter(({ at }) => churnedAt !== null && at < churnedAt).at(-1);
  return last !== undefined && (last.tier === "at_risk" || last.tier === "critical");
}
