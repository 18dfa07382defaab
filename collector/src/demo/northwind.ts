import { DEMO_ACCOUNT } from "./demo-account.ts";
import {
  type SimulatedAccount,
  type SimulatedAnswer,
  toGroupMessage,
  toUseMessages,
} from "./simulated-account.ts";

const DAY_MS = 86_400_000;
const CREATED_DAYS_AGO = 210;

interface Habit {
  userId: string;
  /** Comes every so many days. */
  everyDays: number;
  /** From so many days ago … */
  fromDaysAgo: number;
  /** … to so many days ago; 0: still comes. */
  toDaysAgo: number;
  features: string[];
}

/** A studio that liked the product: of its four people three have stopped coming. */
const HABITS: Habit[] = [
  {
    userId: "northwind-maya",
    everyDays: 2,
    fromDaysAgo: 120,
    toDaysAgo: 24,
    features: ["filter", "remind"],
  },
  { userId: "northwind-maya", everyDays: 5, fromDaysAgo: 23, toDaysAgo: 0, features: ["filter"] },
  {
    userId: "northwind-jonas",
    everyDays: 3,
    fromDaysAgo: 120,
    toDaysAgo: 12,
    features: ["filter", "export"],
  },
  {
    userId: "northwind-priya",
    everyDays: 4,
    fromDaysAgo: 119,
    toDaysAgo: 24,
    features: ["remind", "schedule"],
  },
  {
    userId: "northwind-elise",
    everyDays: 5,
    fromDaysAgo: 118,
    toDaysAgo: 40,
    features: ["report-range"],
  },
];

/** Their answers so far: days ago, and 1–5. */
const ANSWERS: [userId: string, daysAgo: number, value: number][] = [
  ["northwind-jonas", 75, 5],
  ["northwind-elise", 52, 3],
  ["northwind-priya", 31, 3],
];

/**
 * The demo account's past: enough of it that the account has a score, and one in the middle, so
 * that a visitor's clicks and answer move it.
 *
 * @param today - day number: days since 1970-01-01
 */
export function simulateNorthwind(today: number): SimulatedAccount {
  const { id, name } = DEMO_ACCOUNT;
  const uses = HABITS.flatMap(({ userId, everyDays, fromDaysAgo, toDaysAgo, features }) => {
    const days: number[] = [];
    for (let daysAgo = fromDaysAgo; daysAgo > toDaysAgo; daysAgo -= everyDays) {
      const weekday = (today - daysAgo + 4) % 7;
      if (weekday !== 0 && weekday !== 6) days.push(today - daysAgo);
    }
    return days.flatMap((day) =>
      features.flatMap((feature, index) =>
        toUseMessages({
          accountId: id,
          userId,
          feature,
          count: 1 + ((day + index) % 3),
          dayMs: day * DAY_MS,
          engagedMs: 240_000,
        }),
      ),
    );
  });
  return {
    id,
    messages: [
      toGroupMessage({
        id,
        userId: "northwind-maya",
        createdAtMs: (today - CREATED_DAYS_AGO) * DAY_MS + 36_000_000,
        traits: { name, industry: "media", plan: "growth", seats: 6, contract_value: 8_640 },
      }),
      ...uses,
    ],
    answers: ANSWERS.map(
      ([userId, daysAgo, value]): SimulatedAnswer => ({
        userId,
        at: (today - daysAgo) * DAY_MS + 50_000_000,
        value,
      }),
    ),
  };
}
