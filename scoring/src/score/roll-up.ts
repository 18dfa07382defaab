/**
 * A parent account from its children.
 *
 * @module
 */

import type { Tier } from "../scored-account.ts";

/** One child. */
export interface ChildScore {
  score: number | null;
  tier: Tier;
  /** Weight, for instance contract value; 0 or more. */
  value: number;
}

/** What the children make together. */
export interface RolledUp {
  /** Mean by value of the children with a score; null without any. */
  score: number | null;
  /** Share of the value that has a score, 0–1. */
  coverage: number;
  /** Share of the value in each tier. */
  tiers: Record<Tier, number>;
  /** The worst tier of any child with a value; `unknown` without any known. */
  worst: Tier;
}

const WORST_FIRST: readonly Tier[] = ["critical", "at_risk", "healthy"];

/**
 * Rolls children up by value.
 *
 * @throws {RangeError} if a value is below 0
 */
export function rollUp(children: readonly ChildScore[]): RolledUp {
  const tiers: Record<Tier, number> = { healthy: 0, at_risk: 0, critical: 0, unknown: 0 };
  let total = 0;
  let known = 0;
  let sum = 0;
  for (const { score, tier, value } of children) {
    if (!(value >= 0)) throw new RangeError(`rollUp requires values of 0 or more, got ${value}`);
    total += value;
    tiers[tier] += value;
    if (score === null) continue;
    known += value;
    sum += value * score;
  }
  const worst = WORST_FIRST.find((tier) => tiers[tier] > 0) ?? "unknown";
  if (total > 0) for (const tier of [...WORST_FIRST, "unknown" as const]) tiers[tier] /= total;
  return {
    score: known > 0 ? sum / known : null,
    coverage: total > 0 ? known / total : 0,
    tiers,
    worst,
  };
}
