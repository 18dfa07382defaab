/**
 * The statements by which both ways of storing events note what must agree with the raw rows. None reads
 * what another part of it wrote, and each names its projects wherever it looks something up: a cluster
 * then asks the nodes of these projects only, and no other need be there.
 *
 * @module
 */

/** Adds to rows of daily usage that are there already. */
export const ADD_USAGE = `
  ON CONFLICT (project_id, account_id, day, user_id, event, subject) DO UPDATE SET
    count = daily_usage.count + excluded.count,
    engaged_ms = daily_usage.engaged_ms + excluded.engaged_ms,
    last_at = greatest(daily_usage.last_at, excluded.last_at)`;

/** Of each user: project, id, first and last time seen. */
export const NOTE_USERS = `
  INSERT INTO users (project_id, user_id, first_seen_at, last_seen_at)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
  ON CONFLICT (project_id, user_id) DO UPDATE SET
    first_seen_at = least(users.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(users.last_seen_at, excluded.last_seen_at)`;

/** Of each account: project, id, first and last time seen. */
export const NOTE_ACCOUNTS = `
  INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
  SELECT project_id, id, first_at, first_at, last_at
  FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
    AS row (project_id, id, first_at, last_at)
  ON CONFLICT (project_id, account_id) DO UPDATE SET
    created_at = least(accounts.created_at, excluded.created_at),
    first_seen_at = least(accounts.first_seen_at, excluded.first_seen_at),
    last_seen_at = greatest(accounts.last_seen_at, excluded.last_seen_at)`;

/** The SQLSTATE of {@link SETTLE_EVENTS} where what its sums rest on is no longer so. */
export const OUTDATED = "22012";

/**
 * Adds the sums of a group, and checks what they rest on: nobody in the group was erased, and the
 * days were cut by the time zones that the projects have. Else it divides by zero, and nothing of
 * the group is stored. An erasure and a change of time zone lock the events against writers, so
 * what the check saw holds until the commit. An account that waits already to be scored, and that no
 * worker holds, need not be told again.
 *
 * The arrays of the usage are unnested in the select list: there Postgres takes a row at a time, in
 * FROM it writes each array down first.
 *
 * Parameters: columns of the usage (1–9), now (10), touched accounts (11–13), projects and their time
 * zones (14, 15), and people besides those of the usage (16, 17).
 */
export const SETTLE_EVENTS = `
  WITH used AS (
    INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
      engaged_ms, last_at)
    SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::date[]), unnest($4::text[]),
      unnest($5::text[]), unnest($6::text[]), unnest($7::bigint[]), unnest($8::bigint[]),
      unnest($9::timestamptz[])
    ORDER BY 1, 2, 3, 4, 5, 6 ${ADD_USAGE}
  ), queued AS (
    INSERT INTO rescore_queue (project_id, account_id, queued_at, reopen_from)
    SELECT project_id, account_id, $10::text::timestamptz, day
    FROM unnest($11::uuid[], $12::text[], $13::date[]) AS row (project_id, account_id, day)
    ORDER BY 1, 2
    ON CONFLICT (project_id, account_id) DO UPDATE SET
      generation = rescore_queue.generation + 1,
      reopen_from = least(rescore_queue.reopen_from, excluded.reopen_from)
    WHERE rescore_queue.leased_until IS NOT NULL
      OR rescore_queue.reopen_from IS NULL OR excluded.reopen_from < rescore_queue.reopen_from
  )
  SELECT 1 / (
    CASE WHEN EXISTS (SELECT 1 FROM erased_people WHERE project_id = ANY ($14::uuid[]))
    THEN NOT EXISTS (
      SELECT 1 FROM (
        SELECT project_id, 'user:' || id FROM unnest($1::uuid[], $4::text[]) AS used (project_id, id)
        UNION ALL SELECT * FROM unnest($16::uuid[], $17::text[])
      ) AS person (project_id, name)
      JOIN erased_people USING (project_id)
      WHERE erased_people.project_id = ANY ($14::uuid[])
        AND person_hash = sha256(convert_to(name, 'UTF8')))
    ELSE true END
    AND (SELECT count(*) FROM unnest($14::uuid[], $15::text[]) AS expected (id, zone)
      JOIN projects ON projects.id = expected.id AND time_zone = zone) = cardinality($14::uuid[])
  )::int`;
