import type { Sql } from "../../db/client.ts";
import { ownerOf } from "./account-value.ts";

/** What the book can be filtered by. */
export interface BookOptions {
  segments: string[];
  owners: string[];
  features: string[];
  milestones: string[];
}

const MOST = 60;
const SAMPLED_ACCOUNTS = 300;

/**
 * The values that occur, most frequent first. Features are looked up in a sample of accounts, so
 * that the time does not grow with the events.
 *
 * @param since - calendar day from which a feature counts as used
 */
export async function readBookOptions(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<BookOptions> {
  const traits = await sql<{ kind: "segment" | "owner"; word: string }[]>`
    SELECT kind, word FROM accounts a, LATERAL (VALUES
      ('segment', 'plan:' || (a.traits ->> 'plan')),
      ('segment', 'industry:' || (a.traits ->> 'industry')),
      ('segment', 'size:' || (a.traits ->> 'size')),
      ('segment', 'region:' || (a.traits ->> 'region')),
      ('segment', 'segment:' || (a.traits ->> 'segment')),
      ('owner', ${ownerOf(sql)})) AS option (kind, word)
    WHERE a.project_id = ${projectId} AND word <> '' AND length(word) < 120
    GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT ${2 * MOST}`;
  const features = await sql<{ word: string }[]>`
    SELECT u.subject AS word
    FROM (SELECT account_id FROM account_health WHERE project_id = ${projectId}
      ORDER BY sequence DESC LIMIT ${SAMPLED_ACCOUNTS}) sampled
    JOIN usage_summaries u ON u.project_id = ${projectId} AND u.account_id = sampled.account_id
      AND u.event = 'Feature Used' AND u.last_day > ${since}::text::date
    GROUP BY 1 ORDER BY count(*) DESC LIMIT ${MOST}`;
  const milestones = await sql<{ word: string }[]>`
    SELECT milestone AS word FROM milestones_reached WHERE project_id = ${projectId}
    GROUP BY 1 ORDER BY count(*) DESC LIMIT ${MOST}`;
  const of = (kind: string) => traits.filter((row) => row.kind === kind).map(({ word }) => word);
  return {
    segments: of("segment").slice(0, MOST).sort(),
    owners: of("owner").slice(0, MOST).sort(),
    features: features.map(({ word }) => word).sort(),
    milestones: milestones.map(({ word }) => word).sort(),
  };
}
