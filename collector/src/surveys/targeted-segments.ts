import type { SqlQueryable } from "../db/client.ts";
import { segmentsOf } from "../scores/standing.ts";
import { isInSegment } from "../segments/matches.ts";
import { readSegments } from "../segments/queries.ts";
import type { Traits } from "./matches-filter.ts";
import type { Survey } from "./survey-definition.ts";

/**
 * Reads what is needed to tell the segments of accounts, built in (`plan:pro`) or saved.
 *
 * @returns a function from an account's traits to its segments; where a survey is for any segment
 *   and has no quotas, it gives none
 */
export async function readSegmenting(
  sql: SqlQueryable,
  projectId: string,
  survey: Survey,
): Promise<(traits: Traits) => string[]> {
  const { targeting, quotas } = survey.definition;
  if (targeting.segments.length === 0 && !quotas) return () => [];
  const saved = await readSegments(sql, projectId);
  return (traits) => [
    ...segmentsOf(traits),
    ...saved.filter(({ rules }) => isInSegment(rules, traits)).map(({ key }) => key),
  ];
}
