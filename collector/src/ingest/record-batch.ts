import { type BatchResponse, MAX_BATCH_MESSAGES, type Rejection } from "@telltale/protocol";
import { v7 } from "uuid";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { EventWriter } from "./event-writer.ts";
import type { NewEvent } from "./new-event.ts";
import { type BatchCircumstances, parseMessage } from "./parse-message.ts";
import { insertRejected, type RejectedMessage } from "./queries.ts";

const MAX_QUARANTINED_CHARACTERS = 8_192;

interface RecordBatchDeps {
  eventWriter: EventWriter;
  sql: Sql;
}

/**
 * Stores the good messages of a batch and quarantines the bad ones; returns after both are
 * committed.
 *
 * @throws {Problem} too-large over the message limit; unavailable when nothing can be stored now
 */
export async function recordBatch(
  deps: RecordBatchDeps,
  messages: unknown[],
  circumstances: BatchCircumstances,
): Promise<BatchResponse> {
  if (messages.length > MAX_BATCH_MESSAGES) {
    throw new Problem("too-large", `A batch has at most ${MAX_BATCH_MESSAGES} messages.`, {
      errors: [{ pointer: "/batch", detail: `has ${messages.length} messages` }],
    });
  }
  const events: NewEvent[] = [];
  const indexes: number[] = [];
  const rejected: Rejection[] = [];
  for (const [index, raw] of messages.entries()) {
    const parsed = parseMessage(raw, circumstances);
    if ("event" in parsed) {
      events.push(parsed.event);
      indexes.push(index);
    } else {
      rejected.push({ index, messageId: messageIdOf(raw), ...parsed.fault });
    }
  }
  const verdicts = await deps.eventWriter.write(events);
  for (const [position, verdict] of verdicts.entries()) {
    if (verdict !== "unstorable") continue;
    const messageId = events[position]?.messageId ?? null;
    const detail = "the database can't hold a value of this message";
    rejected.push({ index: indexes[position] ?? 0, messageId, code: "invalid_field", detail });
  }
  rejected.sort((a, b) => a.index - b.index);
  await quarantine(deps.sql, rejected, messages, circumstances);
  return {
    success: true,
    accepted: verdicts.filter((verdict) => verdict === "stored").length,
    duplicates: verdicts.filter((verdict) => verdict === "duplicate").length,
    rejected,
  };
}

async function quarantine(
  sql: Sql,
  rejected: Rejection[],
  messages: unknown[],
  circumstances: BatchCircumstances,
): Promise<void> {
  if (rejected.length === 0) return;
  const rows: RejectedMessage[] = rejected.map(({ index, messageId, code, detail }) => ({
    projectId: circumstances.projectId,
    id: v7(),
    receivedAt: new Date(circumstances.receivedAtMs).toISOString(),
    messageId: messageId === null ? null : toStorable(messageId).slice(0, 200),
    code,
    detail: toStorable(detail),
    payload: toStorable(toText(messages[index])).slice(0, MAX_QUARANTINED_CHARACTERS),
  }));
  await insertRejected(sql, rows);
}

function messageIdOf(raw: unknown): string | null {
  const id = (raw as { messageId?: unknown } | null)?.messageId;
  return typeof id === "string" ? id : null;
}

/** `JSON.stringify` gives up on nesting that `JSON.parse` still takes. */
function toText(raw: unknown): string {
  try {
    return JSON.stringify(raw) ?? "";
  } catch {
    return "(nested too deep to keep)";
  }
}

function toStorable(text: string): string {
  return text.replaceAll("\u0000", "\\u0000").toWellFormed();
}
