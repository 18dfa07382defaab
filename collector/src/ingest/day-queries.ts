import type { Sql } from "../db/client.ts";

/** A quarter of an hour in a project's time zone. */
export interface QuarterDay {
  projectId: string;
  timeZone: string;
  /** Quarters of an hour since the Unix epoch. */
  quarter: number;
  /** The calendar day, as days since 2000-01-01; null where the quarter lies in two. */
  day: number | null;
}

/** In which calendar day quarters of an hour lie, as Postgres cuts the days; unknown projects are left out. */
export async function findDays(
  sql: Sql,
  wanted: { projectId: string; quarter: number }[],
): Promise<QuarterDay[]> {
  return sql<QuarterDay[]>`
    SELECT "projectId", "timeZone", quarter,
      CASE WHEN first = last THEN first - date '2000-01-01' END AS day
    FROM (
      SELECT projects.id AS "projectId", time_zone AS "timeZone", quarter,
        (to_timestamp(quarter * 900.0) AT TIME ZONE time_zone)::date AS first,
        (to_timestamp(quarter * 900.0 + 899.999) AT TIME ZONE time_zone)::date AS last
      FROM unnest(${wanted.map((one) => one.projectId)}::uuid[],
        ${wanted.map((one) => one.quarter)}::int[]) AS wanted (project_id, quarter)
      JOIN projects ON projects.id = wanted.project_id
    ) AS cut`;
}
