import {
  type FlaggedSpell,
  type InterventionSuccess,
  interventionSuccess,
} from "@telltale/scoring";

const REPLICATES = 1_000;

/** Returns to healthy and retention after an intervention, against matched untouched accounts. */
export function judgeInterventions(spells: readonly FlaggedSpell[]): InterventionSuccess {
  return interventionSuccess(spells, { seed: "interventions", replicates: REPLICATES });
}
