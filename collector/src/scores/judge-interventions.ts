import {
  type FlaggedSpell,
  type InterventionSuccess,
  interventionSuccess,
} from "@telltale/scoring";

/** Returns to healthy and retention after an intervention, against matched untouched accounts. */
export function judgeInterventions(spells: readonly FlaggedSpell[]): InterventionSuccess {
  return interventionSuccess(spells);
}
