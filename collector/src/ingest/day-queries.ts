import type { Sql } from "../db/client.ts";

/** A stretch of time, in milliseconds since the Unix epoch, both ends inclusive. */
export interface Stretch {
  projectId: string;
  fromMs: number;
  untilMs: number;
}

/** In which calendar day of a project's time zone a stretch lies. */
export interface DayOfStretch {
  projectId: string;
  timeZone: string;
  fromMs: number;
  /** Days since 2000-01-01; null where the stretch lies in two. */
  day: number | null;
}

/** Cuts the days as Postgres does; unknown projects are left out. */
export async function findDays(sql: Sql, wanted: Stretch[]): Promise<DayOfStretch[]> {
  return sql<DayOfStretch[]>`
    SELECT "projectId", "timeZone", "fromMs",
      CASE WHEN first = last THEN first - date '2000-01-01' END AS day
    FROM (
      SELECT projects.id AS "projectId", time_zone AS "timeZone", from_ms AS "fromMs",
        (to_timestamp(from_ms / 1000.0) AT TIME ZONE time_zone)::date AS first,
        (to_timestamp(until_ms / 1000.0) AT TIME ZONE time_zone)::date AS last
      FROM unnest(${wanted.map((one) => one.projectId)}::uuid[],
        ${wanted.map((one) => one.fromMs)}::float8[], ${wanted.map((one) => one.untilMs)}::float8[])
        AS wanted (project_id, from_ms, until_ms)
      JOIN projects ON projects.id = wanted.project_id
    ) AS cut`;
}
