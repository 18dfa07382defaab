import type { SqlQueryable } from "../db/client.ts";
import { segmentsOf } from "../scores/standing.ts";
import { isInSegment } from "../segments/matches.ts";
import { readSegments } from "../segments/queries.ts";
import type { Traits } from "./matches-filter.ts";
import type { Survey } from "./survey-definition.ts";

/**
 * Reads what is needed to tell the segments of accounts, built in (`plan:pro`) or saved.
 *
 * @returns a function from an account's traits to its segments; of a survey that is for any segment,
 *   it gives none
 */
export async function readSegmenting(
  sql: SqlQueryable,
  projectId: string,
  survey: Survey,
): Promise<(traits: Traits) => string[]> {
  if (survey.definition.targeting.segments.length === 0) return () => [];
  const saved = await readSegments(sql, projectId);
  return (traits) => [
    ...segmentsOf(traits),
    ...saved.filter(({ rules }) => isInSegment(rules, traits)).map(({ key }) => key),
  ];
}
