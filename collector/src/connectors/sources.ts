import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { createSecretBox } from "../webhooks/secret-box.ts";
import type { SourceMapping } from "./mapping.ts";
import {
  deleteSource,
  insertSource,
  type RemovedSource,
  type SourceKind,
  type SourceRow,
  selectSources,
} from "./source-queries.ts";

/** A source as people see it. Times are ISO 8601. */
export interface Source {
  id: string;
  kind: SourceKind;
  name: string;
  /** Where the system is to send. */
  url: string;
  mapping: SourceMapping | null;
  expectedEveryHours: number | null;
  lastReceivedAt: string | null;
  /** `late`: silent for longer than expected. */
  heartbeat: "waiting" | "fresh" | "late";
  acceptedCount: number;
  unmatchedCount: number;
  refusedCount: number;
}

interface SourceDeps {
  sql: Sql;
  clock: () => number;
  appSecret: string;
  publicUrl: string;
}

function toSource(row: SourceRow, { publicUrl, clock }: SourceDeps): Source {
  const silentMs = clock() - (row.lastReceivedAt ?? row.createdAt).getTime();
  const isLate = row.expectedEveryHours !== null && silentMs >= row.expectedEveryHours * 3_600_000;
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    url: `${publicUrl}/v1/in/${row.id}`,
    mapping: row.mapping,
    expectedEveryHours: row.expectedEveryHours,
    lastReceivedAt: row.lastReceivedAt?.toISOString() ?? null,
    heartbeat: isLate ? "late" : row.lastReceivedAt ? "fresh" : "waiting",
    acceptedCount: row.acceptedCount,
    unmatchedCount: row.unmatchedCount,
    refusedCount: row.refusedCount,
  };
}

/** Every source of a project, oldest first. */
export async function listSources(deps: SourceDeps, projectId: string): Promise<Source[]> {
  return (await selectSources(deps.sql, projectId)).map((row) => toSource(row, deps));
}

/** Creates a source. The systems with a preset make the secret themselves; it is stored encrypted. */
export async function createSource(
  deps: SourceDeps,
  projectId: string,
  source: {
    kind: SourceKind;
    name: string;
    secret?: string | undefined;
    mapping?: SourceMapping | undefined;
    expectedEveryHours?: number | null | undefined;
  },
): Promise<Source & { secret: string }> {
  const id = v7();
  const secret = source.secret ?? `whsec_${randomBytes(32).toString("base64")}`;
  const row = {
    projectId,
    id,
    kind: source.kind,
    name: source.name,
    secretEncrypted: createSecretBox(deps.appSecret).seal(secret, id),
    mapping: source.mapping ?? null,
    expectedEveryHours: source.expectedEveryHours ?? null,
  };
  const at = new Date(deps.clock());
  await insertSource(deps.sql, { ...row, at: at.toISOString() });
  const counts = { acceptedCount: 0, unmatchedCount: 0, refusedCount: 0 };
  const fresh = { ...row, ...counts, lastReceivedAt: null, lateSince: null, createdAt: at };
  return { ...toSource(fresh, deps), secret };
}

/**
 * @returns what it was
 * @throws {Problem} not-found
 */
export async function removeSource(
  sql: Sql,
  projectId: string,
  id: string,
): Promise<RemovedSource> {
  const source = await deleteSource(sql, projectId, id);
  if (!source) throw new Problem("not-found", `There is no source ${id} in this project.`);
  return source;
}
