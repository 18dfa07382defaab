/**
 * Sizes: making a big and a small account comparable.
 *
 * @module
 */

import { type Measurement, usageInWindow } from "./reading.ts";

/** Distinct users with usage in the window. */
export function activeUsers(measurement: Measurement): number {
  return new Set(usageInWindow(measurement).map((row) => row.userId)).size;
}

/** What an amount is divided by for `per`: 1, the seats, or the active users; never below 1. */
export function divisorOf(measurement: Measurement): number {
  const { facts, spec } = measurement;
  if (spec.per === "account") return 1;
  if (spec.per === "seat" && facts.seats !== null) return Math.max(1, facts.seats);
  return Math.max(1, activeUsers(measurement));
}
