import type { WebhookAccount } from "@telltale/protocol";
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
}

/**
 * Stores a message and a pending delivery for each enabled endpoint that wants its type, in one
 * statement. An endpoint without types wants all.
 */
export async function insertMessage(sql: SqlQueryable, message: NewMessage): Promise<void> {
  await sql`
    WITH message AS (
      INSERT INTO webhook_messages (project_id, id, type, account_id, sequence, body, created_at)
      VALUES (${message.projectId}, ${message.id}, ${message.type}, ${message.accountId},
        ${message.sequence}, ${message.body}, ${message.createdAt}::timestamptz)
    )
    INSERT INTO webhook_deliveries (project_id, id, message_id, endpoint_id, status,
      next_attempt_at, created_at)
    SELECT project_id, gen_random_uuid(), ${message.id}::uuid, id, 'pending',
      ${message.createdAt}::timestamptz, ${message.createdAt}::timestamptz
    FROM webhook_endpoints
    WHERE project_id = ${message.projectId} AND status = 'enabled'
      AND (types = '{}' OR ${message.type} = ANY(types))
      AND id IS DISTINCT FROM ${message.exceptEndpointId}::uuid`;
}

/** Who an account is, for the body of a message. */
export async function findWebhookAccount(
  sql: SqlQueryable,
  projectId: string,
  accountId: string,
): Promise<WebhookAccount> {
  const rows = await sql<{ name: string | null; external_ids: Record<string, string> }[]>`
    SELECT name, external_ids FROM accounts
    WHERE project_id = ${projectId} AND account_id = ${accountId}`;
  return {
    id: accountId,
    name: rows[0]?.name ?? null,
    externalIds: rows[0]?.external_ids ?? {},
  };
}
