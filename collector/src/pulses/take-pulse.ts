import { getAccount } from "../accounts/list-accounts.ts";
import type { Database, Sql } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { insertPulse, type PulseRow, readDisagreements, readPulses } from "./queries.ts";
import type { AccountPulse, Disagreement, Pulse, PulseBody } from "./schema.ts";

/** An older opinion is none. */
const FRESH_MS = 90 * 86_400_000;

interface Subject {
  projectId: string;
  accountId: string;
}

const toPulse = ({ tier, author, note, setAt }: PulseRow): Pulse => ({
  tier,
  author,
  note,
  setAt: setAt.toISOString(),
});

/**
 * Notes what somebody thinks of an account, beside the score and never in it.
 *
 * @throws {Problem} not-found
 */
export async function takePulse(
  database: Pick<Database, "db" | "sql">,
  subject: Subject,
  { body, now }: { body: PulseBody; now: number },
): Promise<AccountPulse> {
  await getAccount(database.db, subject.projectId, subject.accountId);
  const { tier, author, note = "" } = body;
  await insertPulse(database.sql, subject, {
    tier,
    author,
    note,
    setAt: new Date(now).toISOString(),
  });
  return getPulse(database, subject, now);
}

/** @throws {Problem} not-found */
export async function getPulse(
  { db, sql }: Pick<Database, "db" | "sql">,
  { projectId, accountId }: Subject,
  now: number,
): Promise<AccountPulse> {
  await getAccount(db, projectId, accountId);
  const history = (await readPulses(sql, projectId, accountId)).map(toPulse);
  const [newest] = history;
  const isFresh = newest !== undefined && now - Date.parse(newest.setAt) <= FRESH_MS;
  return { accountId, pulse: isFresh ? newest : null, history };
}

/** A page of the accounts where a person and the score see another tier. */
export async function listDisagreements(
  sql: Sql,
  projectId: string,
  { limit, cursor, now }: { limit: number; cursor?: string | undefined; now: number },
): Promise<{ data: Disagreement[]; nextCursor: string | null }> {
  const [after] = cursor ? parseCursor(cursor, ["text"]) : [""];
  const since = new Date(now - FRESH_MS).toISOString();
  const page = { since, after, limit: limit + 1 };
  const rows = await readDisagreements(sql, projectId, page);
  const data = rows.slice(0, limit).map((row) => ({
    accountId: row.accountId,
    name: row.name,
    pulse: toPulse(row),
    score: row.score,
    tier: row.scoredTier,
  }));
  const last = data.at(-1);
  return { data, nextCursor: rows.length > limit && last ? toCursor([last.accountId]) : null };
}
