import type { SourceDay } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";

/**
 * What each source of a project sent on each day: use, answers, and every external series but one that bears the name of
 * the former, which would be taken for it.
 *
 * @param from - calendar day, inclusive; so is `to`
 */
export async function readSourceDays(
  sql: SqlQueryable,
  projectId: string,
  { from, to }: { from: string; to: string },
): Promise<SourceDay[]> {
  return sql<SourceDay[]>`
    SELECT 'usage' AS source, day - '1970-01-01'::date AS day, sum(count)::float8 AS events,
      count(DISTINCT account_id)::int AS accounts
    FROM daily_usage
    WHERE project_id = ${projectId} AND account_id <> ''
      AND day BETWEEN ${from}::text::date AND ${to}::text::date
    GROUP BY day
    UNION ALL
    SELECT 'responses', (answered_at AT TIME ZONE time_zone)::date - '1970-01-01'::date, count(*),
      count(DISTINCT account_id)::int
    FROM survey_responses JOIN projects ON projects.id = project_id
    WHERE project_id = ${projectId} AND answered_at >= ${from}::text::date - 1
      AND (answered_at AT TIME ZONE time_zone)::date BETWEEN ${from}::text::date AND ${to}::text::date
    GROUP BY 2
    UNION ALL
    SELECT series, (observed_at AT TIME ZONE time_zone)::date - '1970-01-01'::date, count(*),
      count(DISTINCT account_id)::int
    FROM observations JOIN projects ON projects.id = project_id
    WHERE project_id = ${projectId} AND series NOT IN ('usage', 'responses')
      AND observed_at >= ${from}::text::date - 1
      AND (observed_at AT TIME ZONE time_zone)::date BETWEEN ${from}::text::date AND ${to}::text::date
    GROUP BY series, 2`;
}

export interface NewIncident {
  projectId: string;
  source: string;
  day: string;
  expected: { events: number; accounts: number };
  observed: { events: number; accounts: number };
  at: string;
}

/** @returns whether it is new */
export async function insertIncident(sql: SqlQueryable, incident: NewIncident): Promise<boolean> {
  const { expected, observed } = incident;
  const rows = await sql`
    INSERT INTO incidents (project_id, source, day, expected_events, observed_events,
      expected_accounts, observed_accounts, opened_at)
    VALUES (${incident.projectId}, ${incident.source}, ${incident.day}::text::date,
      ${expected.events}, ${observed.events}, ${expected.accounts}, ${observed.accounts},
      ${incident.at}::timestamptz)
    ON CONFLICT DO NOTHING RETURNING 1`;
  return rows.length > 0;
}

/** Ends the incidents of sources that are back. @returns the sources */
export async function resolveIncidents(
  sql: SqlQueryable,
  projectId: string,
  { lastOutages, at }: { lastOutages: string[]; at: string },
): Promise<string[]> {
  const rows = await sql<{ source: string }[]>`
    UPDATE incidents SET resolved_at = ${at}::timestamptz
    WHERE project_id = ${projectId} AND resolved_at IS NULL
      AND NOT (source = ANY(${lastOutages}::text[]))
    RETURNING source`;
  return [...new Set(rows.map((row) => row.source))];
}

/** A day that late events filled after all is no outage. */
export async function deleteIncidents(
  sql: SqlQueryable,
  projectId: string,
  days: { source: string; day: string }[],
): Promise<void> {
  if (days.length === 0) return;
  await sql`
    DELETE FROM incidents USING unnest(${days.map((one) => one.source)}::text[],
      ${days.map((one) => one.day)}::text[]::date[]) AS gone (source, day)
    WHERE project_id = ${projectId} AND incidents.source = gone.source
      AND incidents.day = gone.day`;
}

export interface IncidentRow {
  source: string;
  day: string;
  expectedEvents: number;
  observedEvents: number;
  expectedAccounts: number;
  observedAccounts: number;
  openedAt: Date;
  resolvedAt: Date | null;
}

export async function readIncidents(
  sql: SqlQueryable,
  projectId: string,
  sinceDay: string,
): Promise<IncidentRow[]> {
  return sql<IncidentRow[]>`
    SELECT source, day::text AS day, expected_events AS "expectedEvents",
      observed_events AS "observedEvents", expected_accounts AS "expectedAccounts",
      observed_accounts AS "observedAccounts", opened_at AS "openedAt", resolved_at AS "resolvedAt"
    FROM incidents WHERE project_id = ${projectId} AND day >= ${sinceDay}::text::date
    ORDER BY day DESC, source`;
}

/** By source, the days, as day numbers, on which it was silent for everybody. */
export async function readOutages(
  sql: SqlQueryable,
  projectId: string,
  { since, until }: { since: string; until: string },
): Promise<Record<string, number[]>> {
  const rows = await sql<{ source: string; days: number[] }[]>`
    SELECT source, array_agg(day - '1970-01-01'::date ORDER BY day) AS days FROM incidents
    WHERE project_id = ${projectId}
      AND day > ${since}::text::date AND day <= ${until}::text::date
    GROUP BY source ORDER BY source`;
  return Object.fromEntries(rows.map(({ source, days }) => [source, days]));
}
