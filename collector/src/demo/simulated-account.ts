import { type Json, type Message, RESERVED_EVENTS } from "@telltale/protocol";
import type { AccountFacts, UsageRow } from "@telltale/scoring";

/** One answer to the demo's survey. */
export interface SimulatedAnswer {
  userId: string;
  /** When, in milliseconds since the epoch. */
  at: number;
  /** 1–5, higher is happier. */
  value: number;
}

/** An account of the demo's book: what its product would have sent, and what its users answered. */
export interface SimulatedAccount {
  id: string;
  messages: Message[];
  answers: SimulatedAnswer[];
}

/** Some uses of a feature by a user on a day. */
export interface FeatureUses {
  accountId: string;
  userId: string;
  feature: string;
  count: number;
  /** Start of the day in UTC, in milliseconds since the epoch. */
  dayMs: number;
  /** Engaged time of all of them, in milliseconds. */
  engagedMs: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** People work from 8 to 18 o'clock. */
const FIRST_HOUR_MS = 8 * HOUR_MS;
const WORKDAY_MS = 10 * HOUR_MS;
/** Spreads the uses over the day without two falling together. */
const STEP_MS = 4_271_000;

/**
 * The messages that some uses of a feature leave behind. Their ids follow from what they say, so
 * that storing them twice stores them once.
 */
export function toUseMessages(uses: FeatureUses): Message[] {
  const { accountId, userId, feature, count, dayMs, engagedMs } = uses;
  const startMs = (userId.length * 977 + feature.length * 1_931) * 1_000;
  return Array.from({ length: count }, (_, index) => ({
    type: "track",
    event: RESERVED_EVENTS.featureUsed,
    messageId: `demo/${userId}/${feature}/${dayMs}/${index}`,
    timestamp: new Date(
      dayMs + FIRST_HOUR_MS + ((startMs + index * STEP_MS) % WORKDAY_MS),
    ).toISOString(),
    userId,
    properties: { feature, engaged_ms: Math.round(engagedMs / count) },
    context: { groupId: accountId },
  }));
}

/** The message that introduces an account with its first user. */
export function toGroupMessage(account: {
  id: string;
  userId: string;
  createdAtMs: number;
  traits: { [key: string]: Json };
}): Message {
  const createdAt = new Date(account.createdAtMs).toISOString();
  return {
    type: "group",
    messageId: `demo/${account.id}/group`,
    timestamp: createdAt,
    userId: account.userId,
    groupId: account.id,
    traits: { ...account.traits, created_at: createdAt, simulated: true },
  };
}

/**
 * What a simulated account's product would have sent, and what its users answered.
 *
 * @param tell - which feature a row of its usage was, and how many uses are told of it
 */
export function toSimulatedAccount(
  facts: AccountFacts,
  { id, traits }: { id: string; traits: { [key: string]: Json } },
  tell: (row: UsageRow) => Pick<FeatureUses, "feature" | "count">,
): SimulatedAccount {
  const userOf = (userId: string) => `${id}/${userId}`;
  return {
    id,
    messages: [
      toGroupMessage({ id, userId: userOf("user-1"), createdAtMs: facts.createdAt, traits }),
      ...facts.usage.flatMap((row) =>
        toUseMessages({
          ...tell(row),
          accountId: id,
          userId: userOf(row.userId),
          dayMs: row.day * DAY_MS,
          engagedMs: row.engagedSeconds * 1_000,
        }),
      ),
    ],
    answers: facts.responses.map(({ userId, at, value }) => ({
      userId: userOf(userId),
      at,
      value: 1 + Math.round(value / 25),
    })),
  };
}
