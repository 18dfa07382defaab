/**
 * Signal specs for tests.
 *
 * @module
 */

import { MS_PER_DAY, type UsageRow } from "../facts.ts";
import type { SignalKind, SignalSpec } from "../model/signal-spec.ts";
import type { Measurement } from "../signals/reading.ts";
import { accountFacts, usageRow } from "./facts.ts";

/** A day on which things are measured, a Friday, and its noon. */
export const DAY = 20_000;
export const NOON = DAY * MS_PER_DAY + MS_PER_DAY / 2;

/** A plain spec: four weeks, no decay, per account. */
export function signalSpec(kind: SignalKind, rest: Partial<SignalSpec> = {}): SignalSpec {
  return {
    key: kind,
    label: kind,
    kind,
    windowDays: 28,
    halfLifeDays: null,
    staleAfterDays: 365,
    per: "account",
    ...rest,
  };
}

/** A measurement of facts at noon of {@link DAY}. */
export function measurement(
  spec: SignalSpec,
  facts: Parameters<typeof accountFacts>[0],
  daysLater = 0,
): Measurement {
  return {
    facts: accountFacts(facts),
    spec,
    now: NOON + daysLater * MS_PER_DAY,
    today: DAY + daysLater,
  };
}

/** Usage on each of some ages in days: 0 is today. */
export function usageAt(ages: readonly number[], rest: Partial<UsageRow> = {}): UsageRow[] {
  return ages.map((age) => usageRow({ day: DAY - age, ...rest }));
}

/** Whole numbers from `first` to `last`. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}
