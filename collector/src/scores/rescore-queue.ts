import type { Sql, SqlQueryable } from "../db/client.ts";

/** An account that a worker holds. */
export interface ClaimedRescore {
  projectId: string;
  accountId: string;
  generation: number;
  /** The earliest day that a late event changed, as a calendar day; null when none did. */
  reopenFrom: string | null;
}

/**
 * Takes the accounts that have waited longest, of one project, for a while. `SKIP LOCKED` lets any
 * number of workers ask at once; a worker that dies loses its lease, not the account. Events that are
 * being stored lock their accounts too, and those of a busy one do so nearly always: the first in the
 * queue is waited for, while nothing else is held.
 */
export async function claimRescores(
  sql: Sql,
  options: { limit: number; now: string; leaseUntil: string },
): Promise<ClaimedRescore[]> {
  return sql<ClaimedRescore[]>`
    WITH oldest AS MATERIALIZED (
      SELECT project_id, account_id FROM rescore_queue
      WHERE leased_until IS NULL OR leased_until < ${options.now}::timestamptz
      ORDER BY queued_at, account_id LIMIT 1
    ), awaited AS MATERIALIZED (
      SELECT 1 FROM rescore_queue AS queue JOIN oldest USING (project_id, account_id)
      FOR UPDATE OF queue
    ), due AS (
      SELECT project_id, account_id FROM rescore_queue
      WHERE project_id = (SELECT project_id FROM oldest) AND (SELECT count(*) FROM awaited) <= 1
        AND (leased_until IS NULL OR leased_until < ${options.now}::timestamptz)
      ORDER BY queued_at, account_id LIMIT ${options.limit}
      FOR UPDATE SKIP LOCKED
    )
    UPDATE rescore_queue AS queue SET leased_until = ${options.leaseUntil}::timestamptz
    FROM due WHERE queue.project_id = due.project_id AND queue.account_id = due.account_id
    RETURNING queue.project_id AS "projectId", queue.account_id AS "accountId",
      queue.generation::float8 AS generation, queue.reopen_from::text AS "reopenFrom"`;
}

/** Which rows of the queue a worker still holds: those of a lease that ran out may be another's. */
const heldRows = (sql: SqlQueryable, claimed: ClaimedRescore[], leaseUntil: string) => sql`
  SELECT queue.project_id, queue.account_id, queue.generation = claimed.generation AS is_done
  FROM rescore_queue AS queue JOIN unnest(
    ${claimed.map((one) => one.projectId)}::uuid[], ${claimed.map((one) => one.accountId)}::text[],
    ${claimed.map((one) => one.generation)}::bigint[]
  ) AS claimed (project_id, account_id, generation)
    ON claimed.project_id = queue.project_id AND claimed.account_id = queue.account_id
  WHERE queue.leased_until = ${leaseUntil}::timestamptz
  ORDER BY queue.project_id, queue.account_id FOR UPDATE OF queue`;

/**
 * Takes rescored accounts off the queue. Those that something happened to meanwhile go to its end
 * and rest a moment, so that busy accounts take turns with the others.
 */
export async function completeRescores(
  sql: SqlQueryable,
  claimed: ClaimedRescore[],
  { leaseUntil, now, restUntil }: { leaseUntil: string; now: string; restUntil: string },
): Promise<void> {
  await sql`
    WITH held AS MATERIALIZED (${heldRows(sql, claimed, leaseUntil)}), done AS (
      DELETE FROM rescore_queue AS queue USING held
      WHERE queue.project_id = held.project_id AND queue.account_id = held.account_id
        AND held.is_done
    )
    UPDATE rescore_queue AS queue
    SET queued_at = ${now}::timestamptz, leased_until = ${restUntil}::timestamptz
    FROM held
    WHERE queue.project_id = held.project_id AND queue.account_id = held.account_id
      AND NOT held.is_done`;
}

/** Gives accounts back that were not rescored: they are due at once. */
export async function releaseRescores(
  sql: SqlQueryable,
  claimed: ClaimedRescore[],
  leaseUntil: string,
): Promise<void> {
  await sql`
    WITH held AS MATERIALIZED (${heldRows(sql, claimed, leaseUntil)})
    UPDATE rescore_queue AS queue SET leased_until = NULL FROM held
    WHERE queue.project_id = held.project_id AND queue.account_id = held.account_id`;
}

/** Puts every account of a project on the queue: a new model, new norms, a new day. */
export async function queueAllAccounts(
  sql: SqlQueryable,
  projectId: string,
  now: string,
): Promise<void> {
  await sql`
    INSERT INTO rescore_queue (project_id, account_id, queued_at)
    SELECT project_id, account_id, ${now}::timestamptz FROM accounts
    WHERE project_id = ${projectId} ORDER BY account_id
    ON CONFLICT (project_id, account_id) DO UPDATE SET generation = rescore_queue.generation + 1
    WHERE rescore_queue.leased_until IS NOT NULL`;
}
