import type { HealthDriver } from "@telltale/protocol";
import type { Pattern } from "./default-playbooks.ts";

/** What a driver is about. */
type Concern = "adoption" | "satisfaction" | "support";

/** Words in a component's key that tell what it is about; what none tells counts as adoption. */
const WORDS: [Concern, RegExp][] = [
  ["support", /support|ticket|case/],
  ["satisfaction", /sentiment|satisf|csat|nps|ces|thumb|comment|silence|survey/],
];

/** What a component or override is about, by its key. */
function concernOf(key: string): Concern {
  return WORDS.find(([, words]) => words.test(key.toLowerCase()))?.[0] ?? "adoption";
}

/** Points by which each concern lifts or lowers the score. */
function sumByConcern(drivers: readonly HealthDriver[]): Record<Concern, number> {
  const sums = { adoption: 0, satisfaction: 0, support: 0 };
  for (const driver of drivers) sums[concernOf(driver.key)] += driver.contribution;
  return sums;
}

/**
 * What moves a score: the concern that costs the most points decides, except that more use with
 * less satisfaction is the product's fault, not the account's.
 */
export function findPattern(drivers: readonly HealthDriver[]): Pattern {
  const sums = sumByConcern(drivers);
  if (sums.adoption > 0 && sums.satisfaction < 0 && sums.support >= sums.satisfaction) {
    return "remediation";
  }
  const worst = Math.min(sums.adoption, sums.satisfaction, sums.support);
  if (worst === sums.support && worst < 0) return "support";
  if (worst === sums.satisfaction && worst < 0) return "satisfaction";
  return "adoption";
}
