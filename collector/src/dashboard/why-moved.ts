import type { AccountHealth } from "@telltale/protocol";
import { toPercent, toQuantity, toSigned } from "./format.ts";

/** One component's part in a change of the score. */
export interface MovedPart {
  key: string;
  label: string;
  /** In points; the parts and the shift of the baseline sum to the change. */
  points: number;
}

/** The change of each driver between two days, largest first. */
export function toMovedParts(before: AccountHealth, now: AccountHealth): MovedPart[] {
  const earlier = new Map(before.drivers.map((driver) => [driver.key, driver.contribution]));
  const labels = new Map(
    [...before.drivers, ...now.drivers].map((driver) => [driver.key, driver.label]),
  );
  const current = new Map(now.drivers.map((driver) => [driver.key, driver.contribution]));
  return [...labels]
    .map(([key, label]) => ({
      key,
      label,
      points: (current.get(key) ?? 0) - (earlier.get(key) ?? 0),
    }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/**
 * Why a score moved, in a sentence: the component that moved it most in that direction, with what
 * was measured then and now.
 *
 * @param then - the day before, in words
 */
export function whyMoved(
  before: AccountHealth | null,
  now: AccountHealth,
  then = "a week ago",
): string {
  if (!before || before.score === null || now.score === null) return "";
  const sign = Math.sign(now.score - before.score);
  if (before.modelVersion !== now.modelVersion) {
    return `Scored by ${now.modelVersion} now, by ${before.modelVersion} then.`;
  }
  const main = toMovedParts(before, now).find(({ points }) => points * sign > 0);
  if (!main) return "";
  const words = `${main.label} ${toSigned(main.points)} points`;
  const past = before.components.find(({ key }) => key === main.key)?.signals[0];
  const signal = now.components.find(({ key }) => key === main.key)?.signals[0];
  if (!signal) return `${words}.`;
  const measured = measure(signal);
  const earlier = past ? measure(past) : "not measured";
  return measured === earlier
    ? `${words}: ${measured}, as before, while others moved.`
    : `${words}: ${measured} now, ${earlier} ${then}.`;
}

function measure(signal: AccountHealth["components"][number]["signals"][number]): string {
  if (signal.value === null) return "not measured";
  if (signal.unit === "share") return toPercent(signal.value);
  return toQuantity(signal.value, signal.unit);
}
