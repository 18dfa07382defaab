import type { Sql } from "../../db/client.ts";
import type { StandingAccount } from "../../models/assume-book.ts";
import { findJudgeAt, type Judge } from "../../scores/judge.ts";
import { standingOf } from "../../scores/standing.ts";
import { readSegmentPeriods } from "../../segments/queries.ts";
import { readStandingRows } from "./queries.ts";

/** A book as its newest scores left it, and what it is judged by. */
export interface StandingBook {
  accounts: StandingAccount[];
  judge: Judge;
}

/**
 * Reads all scored accounts, or one, scored or not.
 *
 * @param now - milliseconds since the epoch
 */
export async function readStandings(
  sql: Sql,
  projectId: string,
  { accountId, now }: { accountId: string | null; now: number },
): Promise<StandingBook> {
  const [rows, segments, judge] = await Promise.all([
    readStandingRows(sql, projectId, accountId),
    readSegmentPeriods(sql, projectId),
    findJudgeAt(sql, projectId, now),
  ]);
  const accounts = rows.map(({ traits, createdAt, components, ...row }) => ({
    ...row,
    createdAt: createdAt.getTime(),
    segments: [...standingOf(traits, segments, now).segments],
    signals: components.flatMap(([component, keys, units, values, places]) =>
      keys.map((key, at) => ({
        component,
        key,
        unit: units[at] as string,
        value: values[at] as number | null,
        normalized: places[at] as number | null,
      })),
    ),
  }));
  return { accounts, judge };
}
