import { desc, eq } from "drizzle-orm";
import type { Db, SqlQueryable } from "../db/client.ts";
import { releases } from "../db/schema/segments.ts";

export interface ReleaseRow {
  version: string;
  name: string;
  releasedAt: Date;
}

export async function findReleases(db: Db, projectId: string): Promise<ReleaseRow[]> {
  return db
    .select({
      version: releases.version,
      name: releases.name,
      releasedAt: releases.releasedAt,
    })
    .from(releases)
    .where(eq(releases.projectId, projectId))
    .orderBy(desc(releases.releasedAt))
    .limit(200);
}

export async function upsertRelease(
  db: Db,
  release: ReleaseRow & { projectId: string },
): Promise<void> {
  const { name, releasedAt } = release;
  await db
    .insert(releases)
    .values(release)
    .onConflictDoUpdate({
      target: [releases.projectId, releases.version],
      set: { name, releasedAt },
    });
}

export async function findReleaseAt(
  sql: SqlQueryable,
  projectId: string,
  version: string,
): Promise<Date | null> {
  const rows = await sql<{ releasedAt: Date }[]>`
    SELECT released_at AS "releasedAt" FROM releases
    WHERE project_id = ${projectId} AND version = ${version}`;
  return rows[0]?.releasedAt ?? null;
}
