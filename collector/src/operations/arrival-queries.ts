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

/** Adds to the counts of days; rows in one order everywhere, so that processes don't wait in circles. */
export async function addArrivals(sql: Sql, rows: Arrivals[]): Promise<void> {
  const sorted = rows.toSorted((a, b) =>
    `${a.projectId} ${a.day}` < `${b.projectId} ${b.day}` ? -1 : 1,
  );
  for (const row of sorted) {
    await sql`
      INSERT INTO arrival_counts AS known
        (project_id, day, stored, duplicates, rejected, blocked, dropped)
      VALUES (${row.projectId}, ${row.day}::text::date, ${row.stored}, ${row.duplicates},
        ${row.rejected}, ${row.blocked}, ${row.dropped})
      ON CONFLICT (project_id, day) DO UPDATE SET stored = known.stored + excluded.stored,
        duplicates = known.duplicates + excluded.duplicates,
        rejected = known.rejected + excluded.rejected,
        blocked = known.blocked + excluded.blocked, dropped = known.dropped + excluded.dropped`;
  }
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
