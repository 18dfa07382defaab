/**
 * How much noise do the confirmed tier, the notice and the cool-down save, and at what price? The
 * simulated book of 200 accounts × 180 days, lived with a bare threshold on the score and with the
 * tier rule as it runs live, for several seeds; the verdict is on their sum.
 *
 * A bare threshold says so each day on which the score is low: a rule that is evaluated once a day
 * and remembers nothing. One that remembers yesterday fires at crossings; its line is there too.
 * "Found": an alert was there on a day of the last 90 before the churn, fired or open.
 *
 * Beside it, without a verdict: the rule of a sudden fall on plain scores and on their mean, which is why
 * models do not smooth unless they say so.
 *
 * `npm run bench:alerts -- --accounts 200 --days 180 --seeds alerts,book-1`
 */

import { parseArgs } from "node:util";
import { DEFAULT_MODEL } from "../../scoring/dist/index.js";
import { HALF_LIVES } from "./drop-rule.mjs";
import { liveThrough } from "./live-through.mjs";

const { values } = parseArgs({
  options: {
    accounts: { type: "string", default: "200" },
    days: { type: "string", default: "180" },
    seeds: { type: "string", default: "alerts,book-1,book-2,book-3,book-4" },
  },
});
const accounts = Number(values.accounts);
const days = Number(values.days);
const model = { ...DEFAULT_MODEL, effectiveFrom: "2020-01-01T00:00:00.000Z" };

const books = values.seeds.split(",").map((seed) => ({
  seed,
  ...liveThrough({ seed, accounts, days, model }),
}));
const sum = (pick) => books.reduce((total, book) => total + pick(book), 0);
const whole = {
  seed: "all",
  daily: sum((book) => book.daily),
  crossings: sum((book) => book.crossings),
  ours: sum((book) => book.ours),
  repeats: sum((book) => book.repeats),
  most: Math.max(...books.map((book) => book.most)),
  churners: sum((book) => book.churners),
  foundByDaily: sum((book) => book.foundByDaily),
  foundByCrossings: sum((book) => book.foundByCrossings),
  foundByOurs: sum((book) => book.foundByOurs),
  missed: books.flatMap((book) => book.missed),
};

const percent = (share) => `${Math.round(share * 100)} %`;
const repeatsPerYear = (book) =>
  book.repeats / (accounts * (book === whole ? books.length : 1)) / (days / 365);
console.table(
  Object.fromEntries(
    [...books, whole].map((book) => [
      book.seed,
      {
        "bare, daily": book.daily,
        "bare, crossings": book.crossings,
        "tier rule": book.ours,
        "fewer than daily": percent(1 - book.ours / book.daily),
        "than crossings": percent(1 - book.ours / book.crossings),
        "repeats/account/year": repeatsPerYear(book).toFixed(2),
        churners: book.churners,
        "found daily": book.foundByDaily,
        "by crossings": book.foundByCrossings,
        "by tier rule": book.foundByOurs,
        missed: book.missed.length,
      },
    ]),
  ),
);
const fewer = 1 - whole.ours / whole.daily;
const verdicts = [
  ["fewer alerts than a bare threshold, daily", percent(fewer), ">= 90 %", fewer >= 0.9],
  [
    "repeats per account and year",
    repeatsPerYear(whole).toFixed(2),
    "<= 1",
    repeatsPerYear(whole) <= 1,
  ],
  ["most alerts of one account", whole.most, "", true],
  [
    "churners of the bare threshold found too",
    `${whole.foundByDaily - whole.missed.length} of ${whole.foundByDaily}`,
    "all",
    whole.missed.length === 0,
  ],
];
console.table(
  Object.fromEntries(verdicts.map(([name, value, goal, ok]) => [name, { value, goal, ok }])),
);
console.table(
  Object.fromEntries(
    HALF_LIVES.map((days, i) => [
      days === null ? "sudden fall, plain score" : `its mean, half-life ${days} d`,
      {
        alerts: sum(({ drops }) => drops[i].alerts),
        "accounts that stayed": sum(({ drops }) => drops[i].stayed),
        "churners found": `${sum(({ drops }) => drops[i].found)} of ${whole.churners}`,
      },
    ]),
  ),
);
for (const { seed, accountId, lowDays } of whole.missed) {
  console.log(`missed: ${accountId} of ${seed}, low on ${lowDays} of its last 90 days`);
}
process.exit(verdicts.every(([, , , ok]) => ok) ? 0 : 1);
