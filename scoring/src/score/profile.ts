/**
 * Which variation of a model applies to an account.
 *
 * @module
 */

import type { ProfileSpec, ScoringModel } from "../model/model.ts";

/**
 * The profile with the highest precedence whose conditions all hold; null for the plain model.
 *
 * @param model - with its profiles, in any order
 * @param account - its segments and its age in days
 */
export function findProfile(
  model: ScoringModel,
  { segments, ageDays }: { segments: readonly string[]; ageDays: number },
): ProfileSpec | null {
  let best: ProfileSpec | null = null;
  for (const profile of model.profiles) {
    const { segment, minAgeDays = 0, maxAgeDays = Number.POSITIVE_INFINITY } = profile.when;
    if (segment !== undefined && !segments.includes(segment)) continue;
    if (ageDays < minAgeDays || ageDays > maxAgeDays) continue;
    if (!best || profile.precedence > best.precedence) best = profile;
  }
  return best;
}

/**
 * The model as a profile changes it; weights are divided by their sum.
 *
 * @param model - the plain model
 * @param profile - null leaves the model as it is
 */
export function applyProfile(model: ScoringModel, profile: ProfileSpec | null): ScoringModel {
  const weights = model.components.map(
    (component) => profile?.weights?.[component.key] ?? component.weight,
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    ...model,
    components: model.components.map((component, i) => ({
      ...component,
      weight: total > 0 ? (weights[i] as number) / total : 0,
    })),
    tiers: { ...model.tiers, ...profile?.tiers },
    overrides: [...model.overrides, ...(profile?.overrides ?? [])],
    minAgeDays: profile?.minAgeDays ?? model.minAgeDays,
  };
}
