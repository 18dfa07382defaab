import type { Sql, SqlQueryable } from "../db/client.ts";

/** An account whose scores are to be made again from a day on. */
export interface Reopened {
  accountId: string;
  /** Calendar day. */
  fromDay: string;
}

/** Queues accounts; one that waits already keeps its earliest day. */
export async function queueReopened(
  sql: SqlQueryable,
  projectId: string,
  { reopened, now }: { reopened: Reopened[]; now: string },
): Promise<void> {
  await sql`
    INSERT INTO reopened_days (project_id, account_id, from_day, queued_at)
    SELECT ${projectId}::uuid, account_id, from_day::date, ${now}::timestamptz
    FROM unnest(${reopened.map((one) => one.accountId)}::text[],
      ${reopened.map((one) => one.fromDay)}::text[]) AS row (account_id, from_day)
    ORDER BY account_id
    ON CONFLICT (project_id, account_id) DO UPDATE SET
      from_day = least(reopened_days.from_day, excluded.from_day),
      queued_at = excluded.queued_at`;
}

/** Queues every account of a project: what changed holds for all of them. */
export async function queueAllReopened(
  sql: SqlQueryable,
  projectId: string,
  { fromDay, now }: { fromDay: string; now: string },
): Promise<void> {
  await sql`
    INSERT INTO reopened_days (project_id, account_id, from_day, queued_at)
    SELECT project_id, account_id, ${fromDay}::text::date, ${now}::timestamptz FROM accounts
    WHERE project_id = ${projectId} ORDER BY account_id
    ON CONFLICT (project_id, account_id) DO UPDATE SET
      from_day = least(reopened_days.from_day, excluded.from_day),
      queued_at = excluded.queued_at`;
}

export interface ClaimedReopened extends Reopened {
  projectId: string;
  /** As text with microseconds: tells whether it was queued again meanwhile. */
  queuedAt: string;
  /** As text with microseconds: tells whether the row is still this worker's. */
  leasedUntil: string;
}

/** Takes the account that has waited longest, for a while. */
export async function claimReopened(
  sql: Sql,
  { now, leaseUntil }: { now: string; leaseUntil: string },
): Promise<ClaimedReopened | null> {
  const rows = await sql<ClaimedReopened[]>`
    WITH due AS (
      SELECT project_id, account_id FROM reopened_days
      WHERE leased_until IS NULL OR leased_until < ${now}::timestamptz
      ORDER BY queued_at, account_id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    UPDATE reopened_days AS queue SET leased_until = ${leaseUntil}::timestamptz
    FROM due WHERE queue.project_id = due.project_id AND queue.account_id = due.account_id
    RETURNING queue.project_id AS "projectId", queue.account_id AS "accountId",
      queue.from_day::text AS "fromDay", queue.queued_at::text AS "queuedAt",
      queue.leased_until::text AS "leasedUntil"`;
  return rows[0] ?? null;
}

/** Takes an account off the queue, unless it was queued again meanwhile: then it is free again. */
export async function completeReopened(sql: Sql, claimed: ClaimedReopened): Promise<void> {
  const { projectId, accountId, queuedAt } = claimed;
  await sql`
    DELETE FROM reopened_days WHERE project_id = ${projectId} AND account_id = ${accountId}
      AND queued_at = ${queuedAt}::text::timestamptz`;
  await releaseReopened(sql, claimed);
}

/** Gives an account back that is still held: it is due at once. */
export async function releaseReopened(
  sql: Sql,
  { projectId, accountId, leasedUntil }: ClaimedReopened,
): Promise<void> {
  await sql`
    UPDATE reopened_days SET leased_until = NULL
    WHERE project_id = ${projectId} AND account_id = ${accountId}
      AND leased_until = ${leasedUntil}::text::timestamptz`;
}
