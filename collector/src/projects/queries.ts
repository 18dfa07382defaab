import { and, eq, isNull, sql } from "drizzle-orm";
import type { Queryable, Tx } from "../db/client.ts";
import { apiKeys, projects } from "../db/schema/projects.ts";
import type { KeyKind } from "./key.ts";

/** A project, as requests see it. */
export interface Project {
  id: string;
  name: string;
  /** IANA name; days are cut here. */
  timeZone: string;
  settings: Record<string, unknown>;
}

export interface KeyHolder {
  keyId: string;
  /** Its first characters, to tell keys apart. */
  prefix: string;
  kind: KeyKind;
  scopes: string[];
  project: Project;
}

export async function findKeyHolder(db: Queryable, keyHash: Buffer): Promise<KeyHolder | null> {
  const [row] = await db
    .select({ key: apiKeys, project: projects })
    .from(apiKeys)
    .innerJoin(projects, eq(projects.id, apiKeys.projectId))
    .where(and(eq(apiKeys.keyHash, keyHash), isNull(apiKeys.revokedAt)));
  if (!row) return null;
  const { id, name, timeZone, settings } = row.project;
  return {
    keyId: row.key.id,
    prefix: row.key.prefix,
    kind: row.key.kind,
    scopes: row.key.scopes,
    project: { id, name, timeZone, settings },
  };
}

export async function recordKeyUse(db: Queryable, keyId: string, at: Date): Promise<void> {
  await db.update(apiKeys).set({ lastUsedAt: at }).where(eq(apiKeys.id, keyId));
}

/** Any fixed number: who holds this advisory lock makes what the first process of a database makes. */
const FIRST_START_LOCK_KEY = 4_700_004;

/** Until the transaction ends, other processes wait that start on the same database. */
export async function lockFirstStart(tx: Tx): Promise<void> {
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${FIRST_START_LOCK_KEY})`);
}

export async function insertProject(
  db: Queryable,
  project: Project & { createdAt: Date },
): Promise<void> {
  await db.insert(projects).values(project);
}

export async function insertKey(db: Queryable, key: typeof apiKeys.$inferInsert): Promise<void> {
  await db.insert(apiKeys).values(key);
}

export async function listProjects(db: Queryable): Promise<Project[]> {
  return db
    .select({
      id: projects.id,
      name: projects.name,
      timeZone: projects.timeZone,
      settings: projects.settings,
    })
    .from(projects)
    .orderBy(projects.createdAt);
}

export async function listKeys(db: Queryable, projectId: string) {
  return db
    .select({
      id: apiKeys.id,
      kind: apiKeys.kind,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      lastUsedAt: apiKeys.lastUsedAt,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .where(eq(apiKeys.projectId, projectId))
    .orderBy(apiKeys.createdAt);
}

export async function revokeKey(db: Queryable, projectId: string, keyId: string): Promise<boolean> {
  const rows = await db
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKeys.projectId, projectId), eq(apiKeys.id, keyId), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return rows.length > 0;
}
