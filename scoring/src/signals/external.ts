/**
 * `external`: any named series that another system keeps.
 *
 * @module
 */

import { dayOf, MS_PER_DAY, type ObservationRow } from "../facts.ts";
import type { Aggregate } from "../model/signal-spec.ts";
import { mean } from "../stats/moments.ts";
import { weightedTrend } from "../stats/trend.ts";
import { lostDays, type Measurement, missing, momentOfDay, type Reading } from "./reading.ts";

/**
 * The series over the window by `last`, `sum`, `mean`, `count` or `slope` (per 30 days).
 *
 * An empty window has sum and count 0 when the series was seen before (or with `isZeroWhenAbsent`, always) and is
 * missing otherwise; `last` looks back beyond the window, as far as the facts go. Days on which the series was out for
 * everybody are unknown: sum and count are those of the days that could be seen, made up for the others.
 */
export function measureExternal(measurement: Measurement): Reading {
  const { facts, spec, now } = measurement;
  const unit = spec.unit ?? "";
  const oldest = now - spec.windowDays * MS_PER_DAY;
  const rows = (facts.observations ?? [])
    .filter((row) => row.series === spec.series && row.at <= now)
    .sort((a, b) => a.at - b.at || a.value - b.value);
  const recent = rows.filter((row) => row.at > oldest);
  const observedAt = rows.at(-1)?.at ?? null;
  const isSum = spec.aggregate === "sum" || spec.aggregate === "count";
  if (rows.length === 0 && !(isSum && spec.isZeroWhenAbsent === true)) return missing(unit);
  const looked = spec.aggregate === "last" ? rows : recent;
  const firstAt = Math.min(facts.createdAt, rows[0]?.at ?? now);
  const { seenShare, seenUntil } = isSum
    ? findSeen(measurement, firstAt)
    : { seenShare: 1, seenUntil: now };
  if (seenShare === 0) return missing(unit);
  const value = aggregate(spec.aggregate ?? "last", looked, seenShare);
  return {
    value,
    unit,
    sampleSize: spec.aggregate === "last" ? 1 : recent.length,
    observedAt: isSum && (spec.isZeroWhenAbsent === true || value === 0) ? seenUntil : observedAt,
  };
}

/** Share of the window's days, since the account or the series is there, that it could be seen on, and until when. */
function findSeen(
  { facts, spec, now, today }: Measurement,
  firstAt: number,
): { seenShare: number; seenUntil: number } {
  const days = Math.min(spec.windowDays, Math.max(1, today - dayOf(firstAt) + 1));
  const lost = lostDays(facts, spec.series ?? spec.key).filter(
    (day) => day <= today && day > today - days,
  );
  let last = today;
  while (lost.includes(last) || (last === today && lost.includes(today - 1))) last--;
  const seenUntil = last === today ? now : momentOfDay(last, now);
  return { seenShare: 1 - lost.length / days, seenUntil };
}

function aggregate(
  kind: Aggregate,
  rows: readonly ObservationRow[],
  seenShare: number,
): number | null {
  const values = rows.map((row) => row.value);
  switch (kind) {
    case "last":
      return values.at(-1) ?? null;
    case "sum":
      return values.reduce((sum, value) => sum + value, 0) / seenShare;
    case "mean":
      return values.length === 0 ? null : mean(values);
    case "count":
      return values.length / seenShare;
    case "slope":
      return (
        weightedTrend(
          rows.map(({ at, value }) => ({ x: at / (30 * MS_PER_DAY), y: value, weight: 1 })),
        )?.slope ?? null
      );
  }
}
