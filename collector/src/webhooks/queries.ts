import type { WebhookAccount, WebhookAccountData } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";

/** A message on its way to the endpoints that want it. */
export interface NewMessage {
  projectId: string;
  id: string;
  type: string;
  /** Empty when it is about no account. */
  accountId: string;
  sequence: number | null;
  /** The exact text that is signed and sent. */
  body: string;
  /** ISO 8601. */
  createdAt: string;
  /** An endpoint that is passed over. */
  exceptEndpointId: string | null;
  /** Tiers that it is about; empty when it is about none. */
  tiers: string[];
}

/** An endpoint that wants a message only for accounts of its segments. */
export interface SegmentEndpoint {
  id: string;
  segments: string[];
}

/**
 * Stores a message and a pending delivery for each enabled endpoint that wants it, in one
 * statement. Empty lists want everything; a tier counts where an account comes from or goes to.
 *
 * @returns the endpoints whose segments are still to be looked at
 */
export async function insertMessage(
  sql: SqlQueryable,
  message: NewMessage,
): Promise<SegmentEndpoint[]> {
  return sql<SegmentEndpoint[]>`
    WITH message AS (
      INSERT INTO webhook_messages (project_id, id, type, account_id, sequence, body, created_at)
      VALUES (${message.projectId}, ${message.id}, ${message.type}, ${message.accountId},
        ${message.sequence}, ${message.body}, ${message.createdAt}::timestamptz)
    ), wanted AS (
      SELECT id, segments FROM webhook_endpoints
      WHERE project_id = ${message.projectId} AND status = 'enabled'
        AND (types = '{}' OR ${message.type} = ANY(types))
        AND (tiers = '{}' OR ${message.tiers.length === 0} OR tiers && ${message.tiers}::text[])
        AND id IS DISTINCT FROM ${message.exceptEndpointId}::uuid
    ), delivered AS (
      INSERT INTO webhook_deliveries (project_id, id, message_id, endpoint_id, status,
        next_attempt_at, created_at)
      SELECT ${message.projectId}::uuid, gen_random_uuid(), ${message.id}::uuid, id, 'pending',
        ${message.createdAt}::timestamptz, ${message.createdAt}::timestamptz
      FROM wanted WHERE segments = '{}'
    )
    SELECT id, segments FROM wanted WHERE segments <> '{}'`;
}

/** Pending deliveries of a stored message. */
export async function insertDeliveries(
  sql: SqlQueryable,
  message: Pick<NewMessage, "projectId" | "id" | "createdAt">,
  endpointIds: string[],
): Promise<void> {
  await sql`
    INSERT INTO webhook_deliveries (project_id, id, message_id, endpoint_id, status,
      next_attempt_at, created_at)
    SELECT ${message.projectId}::uuid, gen_random_uuid(), ${message.id}::uuid, endpoint_id,
      'pending', ${message.createdAt}::timestamptz, ${message.createdAt}::timestamptz
    FROM unnest(${endpointIds}::uuid[]) AS endpoint_id`;
}

export async function findTraits(
  sql: SqlQueryable,
  projectId: string,
  accountId: string,
): Promise<Record<string, unknown>> {
  const rows = await sql<{ traits: Record<string, unknown> }[]>`
    SELECT traits FROM accounts WHERE project_id = ${projectId} AND account_id = ${accountId}`;
  return rows[0]?.traits ?? {};
}

/** What a message about something that happened in an account says of the account. */
export type AccountState = Pick<WebhookAccountData, "account" | "score" | "tier" | "sequence">;

/** Who an account is and how it stood last; before its first score the sequence is 0. */
export async function findAccountState(
  sql: SqlQueryable,
  projectId: string,
  accountId: string,
): Promise<AccountState> {
  const [row] = await sql<(Omit<WebhookAccount, "id"> & Omit<AccountState, "account">)[]>`
    SELECT account.name, account.external_ids AS "externalIds", health.score,
      coalesce(health.tier, 'unknown') AS tier, coalesce(health.sequence, 0)::float8 AS sequence
    FROM accounts AS account
    LEFT JOIN account_health AS health
      ON health.project_id = account.project_id AND health.account_id = account.account_id
    WHERE account.project_id = ${projectId} AND account.account_id = ${accountId}`;
  const { name = null, externalIds = {}, ...state } = row ?? {};
  return {
    account: { id: accountId, name, externalIds },
    ...{ score: null, tier: "unknown", sequence: 0, ...state },
  };
}
