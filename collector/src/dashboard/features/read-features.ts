import type { AppDeps } from "../../app.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import type { FeatureRow } from "../summaries/adoption-queries.ts";
import type { FeatureFriction, FeatureStep } from "../summaries/path-queries.ts";
import { readBookSummary } from "../summaries/summarise-book.ts";
import { type FrictionRow, findFriction } from "./queries.ts";

/** All that the page about features shows. */
export interface FeaturesView {
  accounts: number;
  features: FeatureRow[];
  friction: FrictionRow[];
  steps: FeatureStep[];
  /** Friction on elements that name their feature. */
  featureFriction: FeatureFriction[];
  /** When adoption was counted. */
  asOf: Date;
}

/** Reads what accounts do with the product, and what gets in their way. */
export async function readFeatures(
  { database: { sql }, clock }: Pick<AppDeps, "database" | "clock">,
  project: MemberProject,
): Promise<FeaturesView> {
  const [{ friction: featureFriction, ...summary }, friction] = await Promise.all([
    readBookSummary(sql, project, clock()),
    findFriction(sql, project.id),
  ]);
  return { ...summary, featureFriction, friction };
}
