import type { Database } from "../db/client.ts";
import { SEGMENT_TRAITS } from "../scores/standing.ts";
import { findAccountIdsIn } from "../segments/member-queries.ts";
import { findSegments } from "../segments/queries.ts";
import {
  countMembers,
  countSegments,
  type ResultSpan,
  type SegmentCount,
} from "./results-queries.ts";

/** More would make a list that nobody reads. */
const MOST_SEGMENTS = 20;

/** Marks by segment, built in (`plan:pro`) or saved, with a name for people. */
export async function readSegmentCounts(
  { sql, db }: Pick<Database, "sql" | "db">,
  span: ResultSpan,
): Promise<(SegmentCount & { name: string })[]> {
  const saved = (await findSegments(db, span.projectId)).slice(0, MOST_SEGMENTS);
  const [byTrait, ...bySegment] = await Promise.all([
    countSegments(sql, span, SEGMENT_TRAITS),
    ...saved.map(async ({ key, name, rules }) => {
      const members = await findAccountIdsIn(db, span.projectId, rules);
      const counts = await countMembers(sql, span, members);
      return counts.map((count) => ({ ...count, segment: key, name }));
    }),
  ]);
  const named = byTrait.map((count) => ({ ...count, name: count.segment.replace(":", ": ") }));
  return [...bySegment.flat(), ...named];
}
