/**
 * Did reaching out help? Against accounts that nobody reached, because the worst get better by themselves.
 *
 * @module
 */

import { pairedInterval } from "../stats/wilson.ts";
import { LEAST_PAIRS, matchNearest } from "./match.ts";

/** One at-risk account, from the day it was flagged. */
export interface FlaggedSpell {
  accountId: string;
  /** Whether a playbook was carried out. */
  isTreated: boolean;
  /** When flagged: score 0–100, days as an account, contract value. */
  scoreAtFlag: number;
  tenureDays: number;
  value: number;
  /** Whether it was confirmed healthy within the time looked at. */
  isBackToHealthy: boolean;
  /** Null while the outcome is unknown. */
  isRetained: boolean | null;
}

/** Treated accounts beside their like. */
export interface SuccessFigure {
  /** Share of treated accounts. */
  treated: number;
  /** Share of the matched untouched ones. */
  untouched: number;
  /** Treated − untouched: what counts as success. */
  difference: number;
  /** Newcombe's 95 % for pairs. */
  interval: [low: number, high: number];
  pairs: number;
}

/** What {@link interventionSuccess} found. */
export interface InterventionSuccess {
  treated: number;
  untouched: number;
  /** Null with fewer than ten pairs. */
  backToHealthy: SuccessFigure | null;
  retained: SuccessFigure | null;
}

/**
 * Returns to healthy and retention after a playbook, against untouched accounts of like score, tenure and value. What is
 * extreme comes back by itself: the difference to the untouched is what counts.
 *
 * @see https://doi.org/10.1093/ije/dyh299 (Barnett, van der Pols and Dobson 2005: regression to the mean)
 * @param spells - one per account
 */
export function interventionSuccess(spells: readonly FlaggedSpell[]): InterventionSuccess {
  const matchable = spells.map((spell) => ({
    ...spell,
    traits: [spell.scoreAtFlag, spell.tenureDays, Math.log1p(Math.max(0, spell.value))],
  }));
  const figure = (success: (spell: FlaggedSpell) => boolean | null): SuccessFigure | null => {
    const known = matchable.filter((spell) => success(spell) !== null);
    const pairs = matchNearest(
      known.filter((spell) => spell.isTreated),
      known.filter((spell) => !spell.isTreated),
    ).map(({ one, other }) => ({ one: success(one) === true, other: success(other) === true }));
    if (pairs.length < LEAST_PAIRS) return null;
    const treated = pairs.filter(({ one }) => one).length / pairs.length;
    const untouched = pairs.filter(({ other }) => other).length / pairs.length;
    return {
      treated,
      untouched,
      difference: treated - untouched,
      interval: pairedInterval(pairs),
      pairs: pairs.length,
    };
  };
  return {
    treated: spells.filter((spell) => spell.isTreated).length,
    untouched: spells.filter((spell) => !spell.isTreated).length,
    backToHealthy: figure((spell) => spell.isBackToHealthy),
    retained: figure((spell) => spell.isRetained),
  };
}
