import type { Sql } from "../db/client.ts";
import { judgeInterventions } from "../scores/judge-interventions.ts";
import { readSpells } from "./intervention-queries.ts";

/** How long an account may take to return to healthy, in days. */
const RETURN_DAYS = 60;

/**
 * Whether acting on alerts helps: accounts with an alert that somebody acted on, against accounts
 * like them that nobody touched. Getting better by itself is no success.
 *
 * @param now - milliseconds since the epoch; alerts need 60 days to show what became of them
 */
export async function measureInterventions(
  sql: Sql,
  projectId: string,
  { days, now }: { days: number; now: number },
) {
  const spells = await readSpells(sql, projectId, {
    since: new Date(now - days * 86_400_000).toISOString(),
    until: new Date(now - RETURN_DAYS * 86_400_000).toISOString(),
    returnDays: RETURN_DAYS,
  });
  return { returnDays: RETURN_DAYS, ...judgeInterventions(spells) };
}
