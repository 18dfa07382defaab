/**
 * What every measurement gets and gives.
 *
 * @module
 */

import { decayWeight } from "../decay.ts";
import { type AccountFacts, dayOf, MS_PER_DAY, type UsageRow } from "../facts.ts";
import type { SignalSpec } from "../model/signal-spec.ts";
import { createUsageIndex, type UsageIndex } from "./usage-index.ts";

/** What a measurement looks at. */
export interface Measurement {
  facts: AccountFacts;
  spec: SignalSpec;
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** Day number of `now` in the project's time zone. */
  today: number;
  /** What the signals of one account find out only once. */
  shared?: SharedFindings;
}

/** Findings that several signals of one account need. */
export interface SharedFindings {
  /** Of all its usage, whatever the day. */
  usage: UsageIndex;
  /** Decay weights by half-life, each by whole days of age. */
  weights: Map<number, Float64Array>;
  /** Usage rows of the day that is measured, by window and ignored events. */
  windows: Map<string, UsageRow[]>;
}

/** Whole days of age that a window and its fastest mean can ask for. */
const MOST_AGE_DAYS = 366;

/** {@link decayWeight} of whole days, worked out once for all rows of an account, to the same bits. */
export function weightOfAge(
  { shared }: Measurement,
  ageDays: number,
  halfLifeDays: number | null,
): number {
  if (!shared || halfLifeDays === null || ageDays > MOST_AGE_DAYS) {
    return decayWeight(ageDays, halfLifeDays);
  }
  const weights = shared.weights.get(halfLifeDays) ?? new Float64Array(MOST_AGE_DAYS + 1);
  shared.weights.set(halfLifeDays, weights);
  if (weights[ageDays] === 0) weights[ageDays] = decayWeight(ageDays, halfLifeDays);
  return weights[ageDays] as number;
}

/** What a measurement found. */
export interface Reading {
  /** Null when there is nothing to measure, which is not zero. */
  value: number | null;
  unit: string;
  sampleSize: number;
  observedAt: number | null;
  /** Observations after decay, when it differs from `sampleSize`. */
  effectiveSize?: number;
  /** Standard error of the value, where it is an estimate with one. */
  standardError?: number;
  /** The value is a lower bound: what is waited for has not come yet. */
  isCensored?: boolean;
}

/** The same measurement on another day: what was found of the day itself does not hold there. */
export function onDay(measurement: Measurement, today: number): Measurement {
  const { shared, ...rest } = measurement;
  if (!shared) return { ...rest, today };
  return { ...rest, today, shared: { ...shared, windows: new Map() } };
}

/** The reading of a signal without any observation. */
export function missing(unit: string): Reading {
  return { value: null, unit, sampleSize: 0, observedAt: null };
}

/** Usage rows of the window: today and the `windowDays` whole days before it. */
export function usageInWindow({ facts, spec, today, shared }: Measurement): UsageRow[] {
  const { windowDays, ignoredEvents = [] } = spec;
  const key = `${windowDays} ${ignoredEvents.join("\u0000")}`;
  const known = shared?.windows.get(key);
  if (known) return known;
  const usage = shared?.usage ?? createUsageIndex(facts.usage);
  const rows = usage.between(today - windowDays, today, ignoredEvents);
  shared?.windows.set(key, rows);
  return rows;
}

function usageSpan({ facts, today, shared }: Measurement): { first: number; last: number } | null {
  return (shared?.usage ?? createUsageIndex(facts.usage)).spanUntil(today);
}

/** The last day with usage of any kind up to today; null when the account was never seen. */
export function lastUsageDay(measurement: Measurement): number | null {
  const { facts, today } = measurement;
  const told = facts.lastUsageDay ?? null;
  const last = usageSpan(measurement)?.last ?? null;
  if (told === null || told > today) return last;
  return last === null ? told : Math.max(told, last);
}

/** The moment that stands for a day: its end, or `now` while it lasts. */
export function momentOfDay(day: number, now: number): number {
  return Math.min(now, (day + 1) * MS_PER_DAY - 1);
}

/**
 * How many whole days before today the account can be judged on, at most `windowDays`.
 *
 * Usage may be older than the account's record, when it was imported.
 */
export function judgedDays(measurement: Measurement): number {
  const { facts, spec, today } = measurement;
  const created = dayOf(facts.createdAt);
  const first = Math.min(created, usageSpan(measurement)?.first ?? created);
  return Math.min(spec.windowDays, Math.max(0, today - first));
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Days on which a source was down for everybody. */
export function lostDays({ outages }: AccountFacts, source: string): readonly number[] {
  return outages && Object.hasOwn(outages, source) ? (outages[source] ?? NO_DAYS) : NO_DAYS;
}

const NO_DAYS: readonly number[] = [];

/** Whether a day counts for a signal: not lost to an outage, and no weekend where those are left out. */
export function countsDay(measurement: Measurement, day: number): boolean {
  const { facts, spec } = measurement;
  if (lostDays(facts, "usage").includes(day)) return false;
  const weekday = weekdayOf(day);
  return !(spec.isWorkingDaysOnly === true && (weekday === 0 || weekday === 6));
}

/**
 * The share of the days of the window, each weighed by its age, on which usage could be seen: 1 without an outage, 0 where
 * every day was lost. Days before the account existed do not count.
 *
 * A sum of usage divided by it makes up for the days that were lost.
 */
export function seenShare(measurement: Measurement): number {
  const { facts, spec, today } = measurement;
  const lost = lostDays(facts, "usage");
  if (lost.length === 0) return 1;
  let seen = 0;
  let total = 0;
  const days = judgedDays(measurement);
  for (let age = 0; age <= days; age++) {
    const weight = weightOfAge(measurement, age, spec.halfLifeDays);
    total += weight;
    if (!lost.includes(today - age)) seen += weight;
  }
  return seen / total;
}
