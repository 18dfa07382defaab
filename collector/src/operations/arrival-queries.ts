import type { Sql } from "../db/client.ts";

/** What arrived in a project on a day (UTC, YYYY-MM-DD), in messages. */
export interface Arrivals {
  projectId: string;
  day: string;
  stored: number;
  /** Had been stored before. */
  duplicates: number;
  rejected: number;
  /** Blocked in the browser, as it told later. */
  blocked: number;
  /** Given up by the SDK for other reasons. */
  dropped: number;
}

/** Adds to the counts of days: all of them, or none. */
export async function addArrivals(sql: Sql, rows: Arrivals[]): Promise<void> {
  const column = (name: "stored" | "duplicates" | "rejected" | "blocked" | "dropped") =>
    rows.map((row) => row[name]);
  await sql`
    INSERT INTO arrival_counts AS known
      (project_id, day, stored, duplicates, rejected, blocked, dropped)
    SELECT project_id, day::date, stored, duplicates, rejected, blocked, dropped
    FROM unnest(${rows.map(({ projectId }) => projectId)}::uuid[],
      ${rows.map(({ day }) => day)}::text[], ${column("stored")}::bigint[],
      ${column("duplicates")}::bigint[], ${column("rejected")}::bigint[],
      ${column("blocked")}::bigint[], ${column("dropped")}::bigint[])
      AS row (project_id, day, stored, duplicates, rejected, blocked, dropped)
    ON CONFLICT (project_id, day) DO UPDATE SET stored = known.stored + excluded.stored,
      duplicates = known.duplicates + excluded.duplicates,
      rejected = known.rejected + excluded.rejected,
      blocked = known.blocked + excluded.blocked, dropped = known.dropped + excluded.dropped`;
}

/** Sums since a day; zeros where nothing arrived. */
export async function sumArrivals(
  sql: Sql,
  projectId: string,
  since: string,
): Promise<Omit<Arrivals, "projectId" | "day">> {
  const [row] = await sql<Omit<Arrivals, "projectId" | "day">[]>`
    SELECT coalesce(sum(stored), 0)::float8 AS stored,
      coalesce(sum(duplicates), 0)::float8 AS duplicates,
      coalesce(sum(rejected), 0)::float8 AS rejected, coalesce(sum(blocked), 0)::float8 AS blocked,
      coalesce(sum(dropped), 0)::float8 AS dropped
    FROM arrival_counts WHERE project_id = ${projectId} AND day >= ${since}::text::date`;
  return row ?? { stored: 0, duplicates: 0, rejected: 0, blocked: 0, dropped: 0 };
}
