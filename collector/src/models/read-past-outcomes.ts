import type { Outcome } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { findUnknownAccounts, readOutcomesSince } from "../outcomes/queries.ts";
import { groupByAccount } from "../scores/read-facts.ts";

const EARLIEST = "1970-01-01";
const NAMED_ACCOUNTS = 3;

/** The outcomes of a project that lie in the past. */
export interface PastOutcomes {
  byAccount: Map<string, Outcome[]>;
  /** How many there are in all. */
  count: number;
  /** First and last, milliseconds since the epoch; of now without any. */
  earliest: number;
  latest: number;
  /** Those that are left out, in words. */
  notes: string[];
}

/** Reads what became of the accounts, and tells what of it can't be used. */
export async function readPastOutcomes(
  sql: Sql,
  projectId: string,
  now: number,
): Promise<PastOutcomes> {
  const rows = await readOutcomesSince(sql, projectId, EARLIEST);
  const outcomes = rows.map((row) => ({
    accountId: row.accountId,
    kind: row.kind,
    at: Date.parse(`${row.occurredOn}T00:00:00Z`),
    value: row.value ?? null,
  }));
  const past = outcomes.filter(({ at }) => at <= now);
  const notes: string[] = [];
  const later = outcomes.length - past.length;
  if (later > 0) notes.push(`${inWords(later, "outcome")} in the future: left out until then.`);
  const byAccount = groupByAccount(past);
  const unknown = await findUnknownAccounts(sql, projectId, [...byAccount.keys()]);
  if (unknown.length > 0) {
    const lost = unknown.reduce((sum, id) => sum + (byAccount.get(id)?.length ?? 0), 0);
    const named = unknown.slice(0, NAMED_ACCOUNTS).join(", ");
    notes.push(
      `${inWords(lost, "outcome")} of ${inWords(unknown.length, "account")} that never sent anything: ` +
        `left out. Check the ids, such as ${named}.`,
    );
    for (const id of unknown) byAccount.delete(id);
  }
  const times = [...byAccount.values()].flat().map(({ at }) => at);
  const earliest = times.reduce((least, at) => Math.min(least, at), now);
  const latest = times.reduce((most, at) => Math.max(most, at), earliest);
  return { byAccount, count: times.length, earliest, latest, notes };
}

const inWords = (many: number, thing: string): string =>
  many === 1 ? `1 ${thing}` : `${many} ${thing}s`;
