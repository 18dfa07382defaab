/**
 * Facts: what is known about one account, as plain rows.
 *
 * Rows may come in any order. Rows later than the `now` of a measurement are ignored, so the same facts
 * can be measured as of any past moment (see {@link factsAsOf}).
 *
 * @module
 */

import type { RESPONSE_KINDS } from "./model/signal-spec.ts";

/** One user's uses of one event or feature on one day. */
export interface UsageRow {
  userId: string;
  /** Day number in the project's time zone: days since 1970-01-01. */
  day: number;
  /** Name of the event. */
  event: string;
  /** Feature that the event maps to, null when it maps to none. */
  feature: string | null;
  /** How often, 0 or more. */
  count: number;
  /** Seconds of engaged (not wall-clock) time, 0 or more. */
  engagedSeconds: number;
}

/** Where an answer or a rating comes from. */
export type ResponseKind = (typeof RESPONSE_KINDS)[number];

/** One answer, already on the common scale. */
export interface ResponseRow {
  userId: string;
  /** When it was given, in milliseconds since the Unix epoch. */
  at: number;
  kind: ResponseKind;
  /** 0–100, higher is happier. */
  value: number;
}

/** One prompt that was shown to a user. */
export interface PromptRow {
  userId: string;
  /** When it was shown, in milliseconds since the Unix epoch. */
  at: number;
  /** When it was answered; null when it was not. */
  answeredAt: number | null;
  /** From when on it tells something, be it that nobody answered; absent: from when it was shown. */
  settledAt?: number;
}

/** One value of an external series: support tickets, contract value, a CRM field. */
export interface ObservationRow {
  /** Name of the series. */
  series: string;
  at: number;
  value: number;
}

/** A milestone that the account is to reach. */
export interface MilestoneRow {
  milestone: string;
  /** When it is due, null when it has no date. */
  dueAt: number | null;
  /** When it was reached, null when it was not. */
  reachedAt: number | null;
}

/** Starts and ends of one task on one day. */
export interface TaskRow {
  task: string;
  day: number;
  started: number;
  completed: number;
}

/** Rage clicks, dead clicks, errors on one day. */
export interface FrictionRow {
  day: number;
  kind: string;
  count: number;
}

/** One web vital, in milliseconds (CLS: without unit). */
export interface VitalRow {
  at: number;
  name: string;
  value: number;
}

/** What the traits of an account said of it from a moment on, until the next standing. */
export interface AccountStanding {
  /** In milliseconds since the Unix epoch. */
  from: number;
  seats: number | null;
  segments: readonly string[];
}

/** Everything that is measured about one account. Lists that are absent count as empty. */
export interface AccountFacts {
  accountId: string;
  /** When it became an account, in milliseconds since the Unix epoch. */
  createdAt: number;
  /** Paid seats; null when unknown. */
  seats: number | null;
  /** Keys of the segments it is in, in any order. */
  segments: readonly string[];
  /** What `seats` and `segments` were before, oldest first; absent: what they are now. */
  standings?: readonly AccountStanding[];
  usage: readonly UsageRow[];
  responses: readonly ResponseRow[];
  prompts?: readonly PromptRow[];
  observations?: readonly ObservationRow[];
  milestones?: readonly MilestoneRow[];
  tasks?: readonly TaskRow[];
  friction?: readonly FrictionRow[];
  vitals?: readonly VitalRow[];
  /**
   * Last day with any usage, when it may lie before the rows given here; it tells an account that fell silent
   * from one that was never seen.
   */
  lastUsageDay?: number | null;
  /**
   * By source, the days (as in {@link UsageRow.day}) on which it was down for everybody: unknown, not zero. A source is
   * `usage` or the name of an external series.
   */
  outages?: Readonly<Record<string, readonly number[]>>;
}

/** Milliseconds of a day. */
export const MS_PER_DAY = 86_400_000;

/**
 * The day number of a moment in UTC.
 *
 * @param at - milliseconds since the Unix epoch
 * @throws {RangeError} if `at` is not finite
 */
export function dayOf(at: number): number {
  if (!Number.isFinite(at)) throw new RangeError(`dayOf requires a finite time, got ${at}`);
  return Math.floor(at / MS_PER_DAY);
}

/** What was known of seats and segments at a moment: nothing before the first standing. */
export function standingAt(
  { standings, seats, segments }: AccountFacts,
  at: number,
): Pick<AccountFacts, "seats" | "segments"> {
  if (!standings) return { seats, segments };
  const then = standings.filter((one) => one.from <= at).at(-1);
  return { seats: then?.seats ?? null, segments: then?.segments ?? [] };
}

/**
 * The facts that were known at a moment: nothing later gets in.
 *
 * A milestone that was reached later counts as not yet reached, a prompt that was answered later as not answered.
 *
 * @param facts - of one account
 * @param at - the moment, in milliseconds since the Unix epoch
 * @param today - day number of the moment in the project's time zone; UTC unless told
 */
export function factsAsOf(facts: AccountFacts, at: number, today = dayOf(at)): AccountFacts {
  const untilAt = <T extends { at: number }>(rows: readonly T[] | undefined): T[] =>
    (rows ?? []).filter((row) => row.at <= at);
  const untilDay = <T extends { day: number }>(rows: readonly T[] | undefined): T[] =>
    (rows ?? []).filter((row) => row.day <= today);
  return {
    ...facts,
    ...standingAt(facts, at),
    ...(facts.standings && { standings: facts.standings.filter((one) => one.from <= at) }),
    usage: untilDay(facts.usage),
    responses: untilAt(facts.responses),
    prompts: untilAt(facts.prompts).map((row) =>
      row.answeredAt !== null && row.answeredAt > at ? { ...row, answeredAt: null } : row,
    ),
    observations: untilAt(facts.observations),
    tasks: untilDay(facts.tasks),
    friction: untilDay(facts.friction),
    vitals: untilAt(facts.vitals),
    milestones: (facts.milestones ?? []).map((row) =>
      row.reachedAt !== null && row.reachedAt > at ? { ...row, reachedAt: null } : row,
    ),
  };
}
