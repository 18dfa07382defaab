import { selectOwner } from "../../accounts/account-value.ts";
import type { Sql } from "../../db/client.ts";
import { LONGEST_WORD, selectTraitSegments } from "./segment-queries.ts";

/** What the book can be filtered by. */
export interface BookWords {
  segments: string[];
  owners: string[];
  milestones: string[];
}

const MOST = 60;

/** The values that occur; of more than sixty of a kind, the most frequent. */
export async function readBookWords(sql: Sql, projectId: string): Promise<BookWords> {
  const traits = await sql<{ kind: "segment" | "owner"; word: string }[]>`
    SELECT kind, word FROM accounts a, LATERAL (
      SELECT 'segment' AS kind, word FROM (VALUES ${selectTraitSegments(sql)}) AS trait (word)
      UNION ALL SELECT 'owner', ${selectOwner(sql)}) AS option
    WHERE a.project_id = ${projectId} AND word <> '' AND length(word) < ${LONGEST_WORD}
    GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT ${2 * MOST}`;
  const milestones = await sql<{ word: string }[]>`
    SELECT milestone AS word FROM milestones_reached WHERE project_id = ${projectId}
    GROUP BY 1 ORDER BY count(*) DESC LIMIT ${MOST}`;
  const of = (kind: string) => traits.filter((row) => row.kind === kind).map(({ word }) => word);
  return {
    segments: of("segment").slice(0, MOST).sort(),
    owners: of("owner").slice(0, MOST).sort(),
    milestones: milestones.map(({ word }) => word).sort(),
  };
}
