/**
 * `seat_coverage`: how many of those who may, do.
 *
 * @module
 */

import { activeUsers } from "./divisor.ts";
import {
  lastUsageDay,
  type Measurement,
  missing,
  momentOfDay,
  onDay,
  type Reading,
} from "./reading.ts";

/** Windows looked back over for the account's own maximum: about a year of months. */
const TRAILING_WINDOWS = 12;

/**
 * Active users ÷ seats, 0–1. Without a seat count, ÷ the most active users of any of the last windows: an account
 * that shrinks then falls, whatever it once bought.
 */
export function measureSeatCoverage(measurement: Measurement): Reading {
  const { facts, spec, now, today } = measurement;
  const unit = "share of seats";
  const last = lastUsageDay(measurement);
  if (last === null) return missing(unit);
  const users = activeUsers(measurement);
  let seats = facts.seats;
  if (seats === null) {
    seats = users;
    for (let window = 1; window < TRAILING_WINDOWS; window++) {
      const then = today - window * (spec.windowDays + 1);
      seats = Math.max(seats, activeUsers(onDay(measurement, then)));
    }
  }
  return {
    value: seats > 0 ? Math.min(1, users / seats) : 0,
    unit,
    sampleSize: users,
    observedAt: momentOfDay(last, now),
  };
}
