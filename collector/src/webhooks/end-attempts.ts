import type { Sql, SqlQueryable } from "../db/client.ts";
import {
  type AttemptRecord,
  disableEndpoint,
  noticeEndpointFailing,
  recordAttempts,
  recordEndpointBad,
  recordEndpointGood,
} from "./delivery-queries.ts";
import { publishMessage } from "./publish-message.ts";

/** An attempt that ended, with what it does to its endpoint. */
export interface EndedAttempt extends AttemptRecord {
  /** Whether the endpoint was failing before. */
  wasFailing: boolean;
  /** Why the endpoint is disabled by this, else null. */
  disable: string | null;
}

/**
 * Writes down attempts that ended, in one transaction, with all that follows from them: endpoints
 * that fail, recover or are disabled, and the notice of it to the endpoints that still work.
 *
 * @returns the endpoints that this disabled, whose queues are to be cleared
 */
export async function endAttempts(sql: Sql, ended: EndedAttempt[]): Promise<string[]> {
  const troubled = ended.filter(
    (attempt) =>
      attempt.durationMs !== null && (attempt.status !== "succeeded" || attempt.wasFailing),
  );
  const disabled: string[] = [];
  if (troubled.length === 0) {
    await recordAttempts(sql, ended);
    return disabled;
  }
  await sql.begin(async (tx) => {
    await recordAttempts(tx, ended);
    for (const attempt of lastOfEachEndpoint(troubled)) {
      if (await judgeEndpoint(tx, attempt)) disabled.push(attempt.endpointId);
    }
  });
  return disabled;
}

/** The last attempt of each endpoint tells its state, unless one disables it. Sorted, so that two processes lock in the same order. */
function lastOfEachEndpoint(attempts: EndedAttempt[]): EndedAttempt[] {
  const last = new Map<string, EndedAttempt>();
  for (const attempt of attempts) {
    if (!last.get(attempt.endpointId)?.disable) last.set(attempt.endpointId, attempt);
  }
  return [...last.values()].sort((a, b) => (a.endpointId < b.endpointId ? -1 : 1));
}

/** @returns whether it disabled the endpoint */
async function judgeEndpoint(sql: SqlQueryable, attempt: EndedAttempt): Promise<boolean> {
  const { projectId, endpointId } = attempt;
  const key = { projectId, endpointId };
  const endedAt = new Date(attempt.endedAt).toISOString();
  if (attempt.status === "succeeded") {
    await recordEndpointGood(sql, key);
    return false;
  }
  await recordEndpointBad(sql, key, endedAt);
  if (attempt.disable) {
    const url = await disableEndpoint(sql, { ...key, reason: attempt.disable, at: endedAt });
    if (url) await publishNotice(sql, attempt, { url, kind: "webhook_endpoint_disabled" });
    return url !== null;
  }
  if (attempt.failureReason === "exhausted") {
    const url = await noticeEndpointFailing(sql, key, endedAt);
    if (url) await publishNotice(sql, attempt, { url, kind: "webhook_delivery_exhausted" });
  }
  return false;
}

async function publishNotice(
  sql: SqlQueryable,
  attempt: EndedAttempt,
  { url, kind }: { url: string; kind: string },
): Promise<void> {
  await publishMessage(sql, {
    projectId: attempt.projectId,
    type: "data.incident",
    accountId: "",
    sequence: null,
    data: {
      schemaVersion: 1,
      kind,
      endpoint: { id: attempt.endpointId, url },
      reason: attempt.disable ?? "A message failed in all its attempts.",
      lastStatus: attempt.responseStatus,
      lastError: attempt.error,
    },
    at: new Date(attempt.endedAt).toISOString(),
    exceptEndpointId: attempt.endpointId,
  });
}
