/**
 * Outage or shift? A source that falls for all accounts at once is a measurement fault; one account that falls is real.
 *
 * @module
 */

import { medianAbsoluteDeviation } from "../stats/moments.ts";
import { quantile, sorted } from "../stats/quantile.ts";

/** What a source sent on one day, over the whole project. A day without any row counts as 0. */
export interface SourceDay {
  /** For instance `usage`, `responses`, or the name of an external series. */
  source: string;
  day: number;
  events: number;
  /** Accounts that sent at least one. */
  accounts: number;
}

/** One judged day of one source. */
export interface SourceVerdict {
  source: string;
  day: number;
  /** `outage`: nearly nothing from nearly nobody. `shift`: far from usual, but still there; it is taken as real. */
  verdict: "outage" | "shift";
  /** Median of the same weekday over the weeks before, of events and of accounts. */
  expected: { events: number; accounts: number };
  observed: { events: number; accounts: number };
  /** Robust z of the events: (observed − median) ÷ max(1.4826·MAD, a tenth of the median). */
  z: number;
}

/** What {@link detectOutages} looks at. */
export interface DetectOutagesInput {
  days: readonly SourceDay[];
  /** First and last whole day to be judged; days before them serve as history. */
  from: number;
  to: number;
}

const HISTORY_WEEKS = 8;
const LEAST_WEEKS = 3;
/** Events and accounts at or below these shares of the usual are an outage [ours]; holidays stay above. */
const OUTAGE_EVENTS = 0.15;
const OUTAGE_ACCOUNTS = 0.3;
/** Accounts below which silence may be chance. */
const LEAST_ACCOUNTS = 5;
const SHIFT_Z = -5;

/**
 * Judges each day of each source against the same weekday of the eight weeks before.
 *
 * Days that were outages do not serve as history. A source with fewer than three such weekdays, or usually fewer than five
 * accounts, is not judged.
 */
export function detectOutages({ days, from, to }: DetectOutagesInput): SourceVerdict[] {
  const bySource = new Map<string, Map<number, SourceDay>>();
  for (const row of days) {
    const source = bySource.get(row.source) ?? new Map<number, SourceDay>();
    source.set(row.day, row);
    bySource.set(row.source, source);
  }
  const verdicts: SourceVerdict[] = [];
  for (const [source, rows] of [...bySource].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const first = Math.min(...rows.keys());
    const lost = new Set<number>();
    for (let day = from; day <= to; day++) {
      const verdict = judgeDay({ source, rows, first, lost, day });
      if (verdict?.verdict === "outage") lost.add(day);
      if (verdict) verdicts.push(verdict);
    }
  }
  return verdicts;
}

function judgeDay({
  source,
  rows,
  first,
  lost,
  day,
}: {
  source: string;
  rows: ReadonlyMap<number, SourceDay>;
  first: number;
  lost: ReadonlySet<number>;
  day: number;
}): SourceVerdict | null {
  const events: number[] = [];
  const accounts: number[] = [];
  for (let past = day - 7; past >= Math.max(first, day - 7 * HISTORY_WEEKS); past -= 7) {
    if (lost.has(past)) continue;
    events.push(rows.get(past)?.events ?? 0);
    accounts.push(rows.get(past)?.accounts ?? 0);
  }
  if (events.length < LEAST_WEEKS) return null;
  const ascending = sorted(events);
  const expected = { events: quantile(ascending, 0.5), accounts: quantile(sorted(accounts), 0.5) };
  if (expected.accounts < LEAST_ACCOUNTS || expected.events <= 0) return null;
  const row = rows.get(day);
  const observed = { events: row?.events ?? 0, accounts: row?.accounts ?? 0 };
  const spread = Math.max(1.4826 * medianAbsoluteDeviation(ascending), 0.1 * expected.events);
  const z = (observed.events - expected.events) / spread;
  const isOut =
    observed.events <= OUTAGE_EVENTS * expected.events &&
    observed.accounts <= OUTAGE_ACCOUNTS * expected.accounts;
  if (!isOut && z > SHIFT_Z) return null;
  return { source, day, verdict: isOut ? "outage" : "shift", expected, observed, z };
}
