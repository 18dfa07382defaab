/** What both ways of storing events do where a row is there already; see `insert-events.ts`. */

export const ADD_USAGE = `
  ON CONFLICT (project_id, account_id, day, user_id, event, subject) DO UPDATE SET
    count = daily_usage.count + excluded.count,
    engaged_ms = daily_usage.engaged_ms + excluded.engaged_ms,
    last_at = greatest(daily_usage.last_at, excluded.last_at)`;

export const NOTE_ACCOUNT = `
  ON CONFLICT (project_id, account_id) DO UPDATE SET
    created_at = least(accounts.created_at, excluded.created_at),
    first_seen_at = least(accounts.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(accounts.last_seen_at, excluded.last_seen_at)`;

export const NOTE_USER = `
  ON CONFLICT (project_id, user_id) DO UPDATE SET
    first_seen_at = least(users.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(users.last_seen_at, excluded.last_seen_at)`;

/** An account that waits already, and that no worker holds, need not be told again. */
export const QUEUE_AGAIN = `
  ON CONFLICT (project_id, account_id) DO UPDATE SET
    generation = rescore_queue.generation + 1,
    reopen_from = least(rescore_queue.reopen_from, excluded.reopen_from)
  WHERE rescore_queue.leased_until IS NOT NULL
    OR rescore_queue.reopen_from IS NULL OR excluded.reopen_from < rescore_queue.reopen_from`;
