/**
 * `raw_score`: events counted by their weight and recency.
 *
 * @module
 */

import { capShares } from "./cap-shares.ts";
import { divisorOf } from "./divisor.ts";
import {
  lastUsageDay,
  type Measurement,
  missing,
  momentOfDay,
  type Reading,
  seenShare,
  usageInWindow,
  weightOfAge,
} from "./reading.ts";

/**
 * Σ over events of count × event weight × decay, in points.
 *
 * No single user gives more than `maxUserShare` of it, unless there is one seat only. An account that was seen once and
 * is silent now has 0; one that was never seen, or not in a window that was lost whole, has no raw score.
 */
export function measureRawScore(measurement: Measurement): Reading {
  const { facts, spec, now, today } = measurement;
  const unit =
    spec.per === "account"
      ? "points"
      : `points per ${spec.per === "seat" ? "seat" : "active user"}`;
  const last = lastUsageDay(measurement);
  const seen = seenShare(measurement);
  if (last === null || seen === 0) return missing(unit);
  const weights = new Map(Object.entries(spec.eventWeights ?? {}));
  const byUser = new Map<string, number>();
  let uses = 0;
  for (const row of usageInWindow(measurement)) {
    const weight = weights.get(row.event) ?? spec.otherEventWeight ?? 1;
    const points =
      row.count * weight * weightOfAge(measurement, today - row.day, spec.halfLifeDays);
    byUser.set(row.userId, (byUser.get(row.userId) ?? 0) + points);
    uses += row.count;
  }
  const isOneSeat = facts.seats === 1;
  const points = capShares([...byUser.values()], isOneSeat ? 1 : (spec.maxUserShare ?? 1));
  return {
    value: points / divisorOf(measurement) / seen,
    unit,
    sampleSize: uses,
    observedAt: momentOfDay(last, now),
  };
}
