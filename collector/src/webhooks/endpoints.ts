import { v7 } from "uuid";
import type { Db } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { Problem } from "../problem.ts";
import {
  DISABLED_BY_PERSON,
  deleteEndpoint,
  type EndpointRow,
  findEndpoint,
  insertEndpoint,
  listEndpoints,
  updateEndpoint,
} from "./endpoint-queries.ts";
import { checkEndpointUrl, type WebhookPolicy } from "./endpoint-url.ts";
import type { Credentials, FormatName } from "./formats/format.ts";
import type { FieldMap } from "./formats/message-values.ts";
import { MAX_SENDING } from "./lane.ts";
import { createSecretBox } from "./secret-box.ts";
import { createWebhookSecret } from "./sign-message.ts";

/** What the verbs about endpoints need. */
export interface EndpointDeps {
  db: Db;
  /** Milliseconds since the epoch. */
  clock: () => number;
  appSecret: string;
  policy: WebhookPolicy;
}

/** An endpoint as people see it: without its secret. */
export interface Endpoint {
  id: string;
  url: string;
  description: string;
  types: string[];
  tiers: string[];
  segments: string[];
  format: FormatName;
  fieldMap: FieldMap | null;
  hasCredentials: boolean;
  /** 1 to 32, by each process. */
  maxConcurrent: number;
  /** By each process; null: as many as it takes. */
  maxPerSecond: number | null;
  status: "enabled" | "disabled";
  disabledReason: string | null;
  /** Since when no delivery succeeded, ISO 8601; null when the last one did. */
  failingSince: string | null;
  previousSecretExpiresAt: string | null;
  createdAt: string;
  updatedAt: string;
}

/** Both secrets sign for this long after a rotation, in milliseconds. */
export const ROTATION_MS = 24 * 60 * 60_000;

function toEndpoint(row: EndpointRow): Endpoint {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    types: row.types,
    tiers: row.tiers,
    segments: row.segments,
    format: row.format,
    fieldMap: row.fieldMap,
    hasCredentials: row.credentialsEncrypted !== null,
    maxConcurrent: row.maxConcurrent,
    maxPerSecond: row.maxPerSecond,
    status: row.status,
    disabledReason: row.disabledReason,
    failingSince: row.firstFailedAt?.toISOString() ?? null,
    previousSecretExpiresAt: row.previousSecretExpiresAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function noEndpoint(id: string): Problem {
  return new Problem("not-found", `There is no webhook endpoint ${id} in this project.`);
}

export interface NewEndpoint {
  projectId: string;
  url: string;
  description: string;
  types: string[];
  tiers?: string[];
  segments?: string[];
  /** Absent: standard. */
  format?: FormatName;
  fieldMap?: FieldMap | undefined;
  credentials?: Credentials | undefined;
  /** Absent: 32. */
  maxConcurrent?: number;
  /** Absent: as many as it takes. */
  maxPerSecond?: number | null;
  /** Absent: a random one. */
  secret?: string | undefined;
}

/**
 * Creates an endpoint.
 *
 * @returns it with its secret, which nobody can read again
 * @throws {Problem} invalid-request, for a private address
 */
export async function createEndpoint(
  deps: EndpointDeps,
  endpoint: NewEndpoint,
): Promise<Endpoint & { secret: string }> {
  await checkEndpointUrl(endpoint.url, deps.policy);
  const id = v7();
  const secret = endpoint.secret ?? createWebhookSecret();
  const now = new Date(deps.clock());
  const box = createSecretBox(deps.appSecret);
  const row = await insertEndpoint(deps.db, {
    projectId: endpoint.projectId,
    id,
    url: endpoint.url,
    description: endpoint.description,
    types: endpoint.types,
    tiers: endpoint.tiers ?? [],
    segments: endpoint.segments ?? [],
    format: endpoint.format ?? "standard",
    fieldMap: endpoint.fieldMap ?? null,
    credentialsEncrypted: endpoint.credentials
      ? box.seal(JSON.stringify(endpoint.credentials), id)
      : null,
    maxConcurrent: endpoint.maxConcurrent ?? MAX_SENDING,
    maxPerSecond: endpoint.maxPerSecond ?? null,
    status: "enabled",
    secretEncrypted: box.seal(secret, id),
    createdAt: now,
    updatedAt: now,
  });
  return { ...toEndpoint(row), secret };
}

/** @throws {Problem} not-found */
export async function getEndpoint(db: Db, projectId: string, id: string): Promise<Endpoint> {
  const row = await findEndpoint(db, projectId, id);
  if (!row) throw noEndpoint(id);
  return toEndpoint(row);
}

/** A page of endpoints, oldest first. */
export async function listEndpointPage(
  db: Db,
  projectId: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ data: Endpoint[]; nextCursor: string | null }> {
  const [after] = page.cursor ? parseCursor(page.cursor, ["id"]) : [null];
  const rows = await listEndpoints(db, { projectId, after, limit: page.limit + 1 });
  const data = rows.slice(0, page.limit).map(toEndpoint);
  const last = data.at(-1);
  return { data, nextCursor: rows.length > page.limit && last ? toCursor([last.id]) : null };
}

export interface EndpointChanges {
  url?: string | undefined;
  description?: string | undefined;
  types?: string[] | undefined;
  tiers?: string[] | undefined;
  segments?: string[] | undefined;
  fieldMap?: FieldMap | undefined;
  credentials?: Credentials | undefined;
  maxConcurrent?: number | undefined;
  maxPerSecond?: number | null | undefined;
  status?: "enabled" | "disabled" | undefined;
}

/**
 * Changes what is given. Enabling forgets past failures; disabling keeps what is queued for later.
 *
 * @throws {Problem} not-found; invalid-request, for a private address
 */
export async function changeEndpoint(
  deps: EndpointDeps,
  key: { projectId: string; id: string },
  changes: EndpointChanges,
): Promise<Endpoint> {
  if (changes.url !== undefined) await checkEndpointUrl(changes.url, deps.policy);
  const { credentials, ...plain } = changes;
  if (credentials && !credentials.email) await requireNoEmail(deps.db, key);
  const given = Object.fromEntries(
    Object.entries(plain).filter(([, value]) => value !== undefined),
  );
  const box = createSecretBox(deps.appSecret);
  const row = await updateEndpoint(deps.db, key, {
    ...given,
    ...(credentials && { credentialsEncrypted: box.seal(JSON.stringify(credentials), key.id) }),
    ...(changes.status === "enabled" && {
      disabledReason: null,
      firstFailedAt: null,
      failureNoticedAt: null,
    }),
    ...(changes.status === "disabled" && { disabledReason: DISABLED_BY_PERSON }),
    updatedAt: new Date(deps.clock()),
  });
  if (!row) throw noEndpoint(key.id);
  return toEndpoint(row);
}

/** @throws {Problem} not-found; invalid-request, where the format knows people by their email */
async function requireNoEmail(db: Db, key: { projectId: string; id: string }): Promise<void> {
  const row = await findEndpoint(db, key.projectId, key.id);
  if (!row) throw noEndpoint(key.id);
  if (row.format !== "zendesk") return;
  throw new Problem("invalid-request", "The credentials have faults; see errors.", {
    errors: [{ pointer: "/credentials/email", detail: "is needed by the format zendesk" }],
  });
}

/** @throws {Problem} not-found */
export async function removeEndpoint(db: Db, projectId: string, id: string): Promise<void> {
  if (!(await deleteEndpoint(db, projectId, id))) throw noEndpoint(id);
}

/**
 * Gives an endpoint a new secret. For 24 hours messages carry a signature of each, so that the
 * receiver can change over whenever it likes.
 *
 * @throws {Problem} not-found
 */
export async function rotateSecret(
  deps: EndpointDeps,
  key: { projectId: string; id: string },
): Promise<{ secret: string; previousSecretExpiresAt: string }> {
  const row = await findEndpoint(deps.db, key.projectId, key.id);
  if (!row) throw noEndpoint(key.id);
  const secret = createWebhookSecret();
  const expiresAt = new Date(deps.clock() + ROTATION_MS);
  await updateEndpoint(deps.db, key, {
    secretEncrypted: createSecretBox(deps.appSecret).seal(secret, key.id),
    previousSecretEncrypted: row.secretEncrypted,
    previousSecretExpiresAt: expiresAt,
    updatedAt: new Date(deps.clock()),
  });
  return { secret, previousSecretExpiresAt: expiresAt.toISOString() };
}
