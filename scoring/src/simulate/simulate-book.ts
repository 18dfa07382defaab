/**
 * A believable book of accounts whose hazard is known.
 *
 * @module
 */

import { type AccountFacts, MS_PER_DAY } from "../facts.ts";
import type { Outcome, OutcomeKind } from "../outcome.ts";
import { createRandom, type Random } from "../stats/random.ts";
import { trueHazard } from "./hazard.ts";
import { ARCHETYPE_SHARES, ARCHETYPES, type Archetype, drawLife } from "./life.ts";
import { drawTraces } from "./traces.ts";

/** What {@link simulateBook} makes. */
export interface SimulateInput {
  accounts: number;
  /** The same seed gives the same book; each account depends on the seed and its number alone. */
  seed: string;
  /** Day number of the last day. */
  lastDay: number;
  /** Length of the book in days, 60 or more; 365 unless told. */
  days?: number;
  /** Day numbers on which nearly no usage arrives from anybody. */
  outageDays?: readonly number[];
  /** Day numbers on which most people are away. */
  holidays?: readonly number[];
}

/** One simulated account: what the engine may see, and the truth beside it. */
export interface SimulatedAccount {
  name: string;
  /** Contract value a year, in the project's currency. */
  contractValue: number;
  facts: AccountFacts & Required<Pick<AccountFacts, "prompts" | "observations">>;
  /** Null when the account does not come up for renewal within the book. */
  outcome: Outcome | null;
  truth: {
    archetype: Archetype;
    /** True probability of churn at renewal; null without an outcome. */
    churnProbability: number | null;
  };
}

const FIRST_NAMES =
  "Amber Birch Cedar Delta Ember Fjord Gable Harbor Iris Juniper Kestrel Lumen".split(" ");
const LAST_NAMES = "Analytics Bakery Clinic Dynamics Energy Foods Group Health Imaging Labs".split(
  " ",
);

/**
 * Makes a book, one account at a time, so that memory does not grow with it.
 *
 * Renewals fall on the last 120 days. {@link churnProbability} is the hazard; usage, answers, tickets follow from the same
 * hidden course with noise, weekends, holidays and seasons. After churn there is nothing.
 *
 * @throws {RangeError} if a number is out of its range
 */
export function* simulateBook(input: SimulateInput): Generator<SimulatedAccount> {
  const { accounts, days = 365 } = input;
  if (!Number.isInteger(accounts) || accounts < 0) {
    throw new RangeError(`simulateBook requires accounts of 0 or more, got ${accounts}`);
  }
  if (!Number.isInteger(days) || days < 60) {
    throw new RangeError(`simulateBook requires days of 60 or more, got ${days}`);
  }
  for (let number = 0; number < accounts; number++) yield simulateAccount(number, input);
}

/** Day numbers around the turn of the year, on which most people are away. */
export function yearEndHolidays(lastDay: number, days: number): number[] {
  const holidays: number[] = [];
  for (let day = lastDay - days + 1; day <= lastDay; day++) {
    // Counting in mean years finds the turn of the year within a day, which is near enough.
    const dayOfYear = ((day % 365.2425) + 365.2425) % 365.2425;
    if (dayOfYear >= 357 || dayOfYear < 2) holidays.push(day);
  }
  return holidays;
}

function simulateAccount(
  number: number,
  { seed, lastDay, days = 365, outageDays = [], holidays }: SimulateInput,
): SimulatedAccount {
  const random = createRandom(`${seed}/${number}`);
  // Of its own, so that a book with an outage is otherwise the same as one without.
  const outage = createRandom(`${seed}/${number}/outage`);
  const archetype = drawArchetype(random);
  const away = new Set(holidays ?? yearEndHolidays(lastDay, days));
  const lost = new Set(outageDays);
  const length = archetype === "new" ? Math.max(2, random.integer(Math.min(60, days))) : days;
  const firstDay = lastDay - length + 1;
  const renewalDay =
    archetype === "new" ? length + 300 : length - 1 - random.integer(Math.min(120, days >> 1));
  const life = drawLife(archetype, { days: length, renewalDay, random });
  const seats = Math.max(2, Math.min(200, Math.round(Math.exp(2.6 + 0.8 * random.normal()))));
  const isQuiet = archetype === "quiet";
  const people = Math.max(
    isQuiet ? 1 : 2,
    Math.round(Math.min(40, seats) * (isQuiet ? 0.3 : 0.65)),
  );
  const hazard = renewalDay < length ? trueHazard(life, renewalDay) : null;
  const isChurned = hazard !== null && random.uniform() < hazard;
  const traces = drawTraces({
    life,
    firstDay,
    untilIndex: isChurned ? renewalDay : length,
    people,
    habit: isQuiet ? 0.22 : 0.4 + 0.25 * random.uniform(),
    calendar: (day) => ({
      presence: away.has(day) ? 0.3 : 1,
      isLost: lost.has(day) && outage.uniform() < 0.97,
    }),
    random,
  });
  const accountId = `account-${String(number + 1).padStart(5, "0")}`;
  const contractValue = Math.round(seats * 12 * (20 + 40 * random.uniform()));
  const createdDay = archetype === "new" ? firstDay : firstDay - random.integer(900);
  const createdAt = createdDay * MS_PER_DAY + 9 * 3_600_000;
  traces.observations.push({
    series: "contract_value",
    at: firstDay * MS_PER_DAY,
    value: contractValue,
  });
  return {
    name: `${FIRST_NAMES[number % 12]} ${LAST_NAMES[Math.floor(number / 12) % 10]} ${number + 1}`,
    contractValue,
    facts: {
      accountId,
      createdAt,
      seats,
      segments: [seats < 10 ? "starter" : seats < 35 ? "growth" : "enterprise"],
      ...traces,
    },
    outcome:
      hazard === null
        ? null
        : {
            accountId,
            kind: isChurned ? "churned" : stayedAs(life.engagement[renewalDay] as number, random),
            at: (firstDay + renewalDay) * MS_PER_DAY + 12 * 3_600_000,
            value: contractValue,
          },
    truth: { archetype, churnProbability: hazard },
  };
}

function drawArchetype(random: Random): Archetype {
  let left = random.uniform();
  for (const archetype of ARCHETYPES) {
    left -= ARCHETYPE_SHARES[archetype];
    if (left < 0) return archetype;
  }
  return "healthy";
}

function stayedAs(engagement: number, random: Random): OutcomeKind {
  const draw = random.uniform();
  if (engagement > 1.1 && draw < 0.3) return "expanded";
  return engagement < 0.7 && draw < 0.2 ? "contracted" : "renewed";
}
