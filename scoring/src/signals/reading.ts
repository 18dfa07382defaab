/**
 * What every measurement gets and gives.
 *
 * @module
 */

import { decayWeight } from "../decay.ts";
import { type AccountFacts, dayOf, MS_PER_DAY, type UsageRow } from "../facts.ts";
import type { SignalSpec } from "../model/signal-spec.ts";

/** What a measurement looks at. */
export interface Measurement {
  facts: AccountFacts;
  spec: SignalSpec;
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** Day number of `now` in the project's time zone. */
  today: number;
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

/** The reading of a signal without any observation. */
export function missing(unit: string): Reading {
  return { value: null, unit, sampleSize: 0, observedAt: null };
}

/** Usage rows of the window: today and the `windowDays` whole days before it. */
export function usageInWindow({ facts, spec, today }: Measurement): UsageRow[] {
  const ignored = new Set(spec.ignoredEvents ?? []);
  return facts.usage.filter(
    (row) =>
      row.day <= today &&
      row.day >= today - spec.windowDays &&
      row.count > 0 &&
      !ignored.has(row.event),
  );
}

/** The last day with usage of any kind up to today; null when the account was never seen. */
export function lastUsageDay({ facts, today }: Measurement): number | null {
  let last = facts.lastUsageDay ?? null;
  if (last !== null && last > today) last = null;
  for (const row of facts.usage) {
    if (row.day <= today && row.count > 0 && (last === null || row.day > last)) last = row.day;
  }
  return last;
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
export function judgedDays({ facts, spec, today }: Measurement): number {
  let first = dayOf(facts.createdAt);
  for (const row of facts.usage) if (row.day < first) first = row.day;
  return Math.min(spec.windowDays, Math.max(0, today - first));
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Whether a day counts for a signal: not lost to an outage, and no weekend where those are left out. */
export function countsDay(measurement: Measurement, day: number): boolean {
  const { facts, spec } = measurement;
  if (facts.outageDays?.includes(day)) return false;
  const weekday = weekdayOf(day);
  return !(spec.isWorkingDaysOnly === true && (weekday === 0 || weekday === 6));
}

/**
 * The share of the window's (decayed) days that could be seen: 1 unless a source was down for everybody.
 *
 * Dividing a sum by it makes up for the days that were lost.
 */
export function seenShare({ facts, spec, today }: Measurement): number {
  if (!facts.outageDays || facts.outageDays.length === 0) return 1;
  let seen = 0;
  let total = 0;
  for (let age = 0; age <= spec.windowDays; age++) {
    const weight = decayWeight(age, spec.halfLifeDays);
    total += weight;
    if (!facts.outageDays.includes(today - age)) seen += weight;
  }
  return seen === 0 ? 1 : seen / total;
}
