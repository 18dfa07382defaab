/**
 * `external`: any named series that another system keeps.
 *
 * @module
 */

import { MS_PER_DAY, type ObservationRow } from "../facts.ts";
import type { Aggregate } from "../model/signal-spec.ts";
import { mean } from "../stats/moments.ts";
import { weightedTrend } from "../stats/trend.ts";
import { type Measurement, missing, type Reading } from "./reading.ts";

/**
 * The series over the window by `last`, `sum`, `mean`, `count` or `slope` (per 30 days).
 *
 * An empty window has sum and count 0 when the series was seen before (or with `isZeroWhenAbsent`, always) and is
 * missing otherwise; `last` looks back beyond the window, as far as the facts go.
 */
export function measureExternal({ facts, spec, now }: Measurement): Reading {
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
  const value = aggregate(spec.aggregate ?? "last", looked);
  return {
    value,
    unit,
    sampleSize: spec.aggregate === "last" ? 1 : recent.length,
    observedAt: isSum && (spec.isZeroWhenAbsent === true || value === 0) ? now : observedAt,
  };
}

function aggregate(kind: Aggregate, rows: readonly ObservationRow[]): number | null {
  const values = rows.map((row) => row.value);
  switch (kind) {
    case "last":
      return values.at(-1) ?? null;
    case "sum":
      return values.reduce((sum, value) => sum + value, 0);
    case "mean":
      return values.length === 0 ? null : mean(values);
    case "count":
      return values.length;
    case "slope":
      return (
        weightedTrend(
          rows.map(({ at, value }) => ({ x: at / (30 * MS_PER_DAY), y: value, weight: 1 })),
        )?.slope ?? null
      );
  }
}
