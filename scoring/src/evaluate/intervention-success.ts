/**
 * Did reaching out help? Against accounts that nobody reached, because the worst get better by themselves.
 *
 * @module
 */

import { type BootstrapOptions, bootstrapInterval } from "../stats/bootstrap.ts";
import { matchNearest } from "./match.ts";

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
  /** 95 %, resampling pairs. */
  interval: [low: number, high: number] | null;
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

const LEAST_PAIRS = 10;

/**
 * Returns to healthy and retention after a playbook, against untouched accounts of like score, tenure and value. What is
 * extreme comes back by itself: the difference to the untouched is what counts.
 *
 * @see https://doi.org/10.1093/ije/dyh299 (Barnett, van der Pols and Dobson 2005: regression to the mean)
 * @see https://doi.org/10.1002/sim.6276 (Austin and Small 2014: resample pairs, as they were matched)
 * @param spells - one per account
 * @param options - seed and replicates of the intervals
 */
export function interventionSuccess(
  spells: readonly FlaggedSpell[],
  options: BootstrapOptions,
): InterventionSuccess {
  const matchable = spells.map((spell) => ({
    ...spell,
    traits: [spell.scoreAtFlag, spell.tenureDays, Math.log1p(Math.max(0, spell.value))],
  }));
  const figure = (success: (spell: FlaggedSpell) => boolean | null): SuccessFigure | null => {
    const known = matchable.filter((spell) => success(spell) !== null);
    const pairs = matchNearest(
      known.filter((spell) => spell.isTreated),
      known.filter((spell) => !spell.isTreated),
    ).map(({ one, other }) => ({
      treated: Number(success(one)),
      untouched: Number(success(other)),
    }));
    if (pairs.length < LEAST_PAIRS) return null;
    const share = (sample: typeof pairs, side: "treated" | "untouched"): number =>
      sample.reduce((sum, pair) => sum + pair[side], 0) / sample.length;
    return {
      treated: share(pairs, "treated"),
      untouched: share(pairs, "untouched"),
      difference: share(pairs, "treated") - share(pairs, "untouched"),
      interval: bootstrapInterval(
        pairs,
        (sample) => share([...sample], "treated") - share([...sample], "untouched"),
        options,
      ),
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
