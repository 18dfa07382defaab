import { v7 } from "uuid";
import type { Sql } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import { Problem } from "../problem.ts";
import {
  type AttemptRow,
  findDelivery,
  insertDelivery,
  insertReplay,
  type LogRow,
  listAttempts,
  listDeliveries,
} from "./log-queries.ts";

/** What the log says of a delivery. */
export interface LoggedDelivery {
  id: string;
  messageId: string;
  type: string;
  accountId: string;
  status: LogRow["status"];
  failureReason: string | null;
  attemptCount: number;
  nextAttemptAt: string | null;
  createdAt: string;
  finishedAt: string | null;
  attempts: {
    attempt: number;
    startedAt: string;
    durationMs: number;
    responseStatus: number | null;
    responseBody: string | null;
    error: string | null;
  }[];
}

export interface DeliveryKey {
  projectId: string;
  endpointId: string;
  id: string;
}

/** A page of an endpoint's deliveries, newest first, each with its attempts. */
export async function listLog(
  sql: Sql,
  endpoint: { projectId: string; endpointId: string },
  page: { limit: number; cursor?: string | undefined; status?: string | undefined },
): Promise<{ data: LoggedDelivery[]; nextCursor: string | null }> {
  const [createdAt, id] = page.cursor ? parseCursor(page.cursor, ["moment", "id"]) : [];
  const rows = await listDeliveries(sql, {
    ...endpoint,
    status: page.status ?? null,
    after: createdAt && id ? { createdAt, id } : null,
    limit: page.limit + 1,
  });
  const shown = rows.slice(0, page.limit);
  const attempts = await listAttempts(
    sql,
    endpoint.projectId,
    shown.map((row) => row.id),
  );
  const last = shown.at(-1);
  return {
    data: shown.map((row) => toLogged(row, attempts)),
    nextCursor:
      rows.length > page.limit && last ? toCursor([last.created_at.toISOString(), last.id]) : null,
  };
}

/**
 * One delivery with the exact text that it sends.
 *
 * @throws {Problem} not-found
 */
export async function getDelivery(
  sql: Sql,
  key: DeliveryKey,
): Promise<LoggedDelivery & { body: string }> {
  const row = await findDelivery(sql, key);
  if (!row) throw noDelivery(key.id);
  return { ...toLogged(row, await listAttempts(sql, key.projectId, [key.id])), body: row.body };
}

/**
 * Sends a delivery's message once more, with its own `webhook-id`, so that a receiver which has it
 * can tell.
 *
 * @param at - ISO 8601
 * @throws {Problem} not-found
 */
export async function resendDelivery(
  sql: Sql,
  key: DeliveryKey,
  at: string,
): Promise<{ messageId: string; deliveryId: string }> {
  const row = await findDelivery(sql, key);
  if (!row) throw noDelivery(key.id);
  const deliveryId = v7();
  const { projectId, endpointId } = key;
  const messageId = row.message_id;
  await insertDelivery(sql, { projectId, id: deliveryId, messageId, endpointId, at });
  return { messageId, deliveryId };
}

/** What to send again. Times are ISO 8601; without `to`: up to now. */
export interface ReplaySpan {
  from: string;
  to?: string | undefined;
  types?: string[] | undefined;
  status: "undelivered" | "all";
}

/** Sends the messages of a span again, oldest first. */
export async function replayMessages(
  sql: Sql,
  endpoint: { projectId: string; endpointId: string },
  { span, at }: { span: ReplaySpan; at: string },
): Promise<{ queued: number }> {
  const queued = await insertReplay(sql, {
    ...endpoint,
    from: span.from,
    to: span.to ?? at,
    types: span.types ?? null,
    isUndeliveredOnly: span.status === "undelivered",
    at,
  });
  return { queued };
}

function noDelivery(id: string): Problem {
  return new Problem("not-found", `There is no delivery ${id} of this endpoint.`);
}

function toLogged(row: LogRow, attempts: AttemptRow[]): LoggedDelivery {
  return {
    id: row.id,
    messageId: row.message_id,
    type: row.type,
    accountId: row.account_id,
    status: row.status,
    failureReason: row.failure_reason,
    attemptCount: row.attempt_count,
    nextAttemptAt: row.next_attempt_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    attempts: attempts
      .filter((attempt) => attempt.delivery_id === row.id)
      .map((attempt) => ({
        attempt: attempt.attempt,
        startedAt: attempt.started_at.toISOString(),
        durationMs: attempt.duration_ms,
        responseStatus: attempt.response_status,
        responseBody: attempt.response_body,
        error: attempt.error,
      })),
  };
}
