import type { Sql } from "../db/client.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import { parseMessage } from "../ingest/parse-message.ts";
import { Problem } from "../problem.ts";
import { claimReplay, returnReplay } from "./queries.ts";
import type { Replay } from "./schema.ts";

/** What a replay works with. */
export interface ReplayDeps {
  database: { sql: Sql };
  eventWriter: EventWriter;
  clock: () => number;
}

/**
 * Tries a rejected message again, its time corrected as of the moment it came in; once the cause is
 * gone it is stored.
 *
 * @throws {Problem} not-found for an unknown message, conflict for one that was replayed before
 */
export async function replayRejected(
  deps: ReplayDeps,
  projectId: string,
  id: string,
): Promise<Replay> {
  const { sql } = deps.database;
  const nowMs = deps.clock();
  const now = new Date(nowMs).toISOString();
  const row = await claimReplay(sql, { projectId, id, now });
  if (!row) {
    throw new Problem("not-found", "There is no such message that waits for a replay.");
  }
  const { sentAtMs, isImport = false, isBot = false, context = {} } = row.circumstances;
  const message = parsePayload(row.payload, id);
  const parsed = parseMessage(message, {
    projectId,
    receivedAtMs: row.receivedAt.getTime(),
    sentAtMs,
    isImport,
    isBot,
    context,
  });
  if ("fault" in parsed) return fail(parsed.fault.code, parsed.fault.detail);
  // It arrives in the store only now, and whoever reads on from the last arrival must meet it.
  const event = { ...parsed.event, receivedAt: now, receivedAtMs: nowMs };
  const [verdict] = await deps.eventWriter.write([event]).catch(async (error) => {
    await fail(row.code, row.detail);
    throw error;
  });
  if (verdict === "stored" || verdict === "duplicate") return { outcome: verdict };
  return fail("invalid_field", "the database can't hold a value of this message");

  async function fail(code: string, detail: string): Promise<Replay> {
    await returnReplay(sql, { projectId, id, code, detail });
    return { outcome: "rejected", code, detail };
  }
}

/** A message without an id takes the id of its row, so that no second try stores it twice. */
function parsePayload(payload: string, id: string): unknown {
  try {
    const message: unknown = JSON.parse(payload);
    const isObject = typeof message === "object" && message !== null && !Array.isArray(message);
    return isObject ? { messageId: id, ...message } : message;
  } catch {
    return null;
  }
}
