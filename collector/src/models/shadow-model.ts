import { type ComparedScore, compareScores, type ScoreComparison } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { scoreShadows } from "../scores/score-shadows.ts";
import { readShadowPairs, type ShadowPair, setShadow } from "../scores/shadow-queries.ts";

/** A shadow beside what was shown, on the last day that both were scored. */
export interface ShadowReport {
  version: string;
  /** Null before its first night. */
  day: string | null;
  /** From what was shown to what the shadow says. */
  comparison: ScoreComparison;
}

/**
 * Lets a model score every night without being shown, or ends that. It is scored once right away.
 *
 * @throws {Problem} not-found
 */
export async function changeShadow(
  sql: Sql,
  project: Project,
  change: { version: string; isShadow: boolean; now: number },
): Promise<ShadowReport> {
  if (!(await setShadow(sql, project.id, change))) {
    throw new Problem("not-found", `There is no model ${change.version} in this project.`);
  }
  if (change.isShadow) await scoreShadows(sql, project, change.now);
  return compareShadow(sql, project.id, change.version);
}

/** Compares a shadow's last scores with those that were shown on that day. */
export async function compareShadow(
  sql: Sql,
  projectId: string,
  version: string,
): Promise<ShadowReport> {
  const pairs = await readShadowPairs(sql, projectId, version);
  const side = (pick: (pair: ShadowPair) => { score: number | null; tier: string }) =>
    pairs.map((pair) => ({ accountId: pair.accountId, ...pick(pair) }) as ComparedScore);
  const comparison = compareScores(
    side((pair) => pair.shown),
    side((pair) => pair.shadow),
  );
  return { version, day: pairs[0]?.day ?? null, comparison };
}
