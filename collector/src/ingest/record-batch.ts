import { type BatchResponse, MAX_BATCH_MESSAGES, type Rejection } from "@telltale/protocol";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { quarantine } from "../quarantine/quarantine.ts";
import type { EventWriter } from "./event-writer.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";
import { type BatchCircumstances, parseMessage } from "./parse-message.ts";

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
  for (let index = 0; index < messages.length; index += 1) {
    const parsed = parseMessage(messages[index], circumstances);
    if ("event" in parsed) {
      events.push(parsed.event);
      indexes.push(index);
    } else {
      rejected.push({ index, messageId: messageIdOf(messages[index]), ...parsed.fault });
    }
  }
  const verdicts = await deps.eventWriter.write(events);
  let accepted = 0;
  let duplicates = 0;
  for (let position = 0; position < verdicts.length; position += 1) {
    const verdict = verdicts[position] as EventVerdict;
    if (verdict === "stored") {
      accepted += 1;
      circumstances.proofs?.note(events[position] as NewEvent);
    } else if (verdict === "duplicate") duplicates += 1;
    else {
      const index = indexes[position] as number;
      rejected.push({ index, messageId: events[position]?.messageId ?? null, ...REASONS[verdict] });
    }
  }
  if (rejected.length > 0) {
    rejected.sort((a, b) => a.index - b.index);
    const { projectId, receivedAtMs } = circumstances;
    await quarantine(deps.sql, rejected, messages, {
      projectId,
      receivedAtMs,
      circumstances: toStored(circumstances),
      ...(circumstances.proofs && { claimsOf: circumstances.proofs.claimsOf }),
    });
  }
  return { success: true, accepted, duplicates, rejected };
}

/** Why an event that was in order could not be stored. */
export const REASONS = {
  unstorable: {
    code: "invalid_field",
    detail: "the database can't hold a value of this message",
  },
  "too-many-names": {
    code: "cardinality",
    detail: "the project has too many distinct names already; put what varies into properties",
  },
  "too-many-accounts": {
    code: "cardinality",
    detail:
      "the project has as many accounts as its maxAccounts allows; raise it, or stop making ids up",
  },
  erased: { code: "user_erased", detail: "this person's data was erased and stays away" },
} as const satisfies {
  [verdict in Exclude<EventVerdict, "stored" | "duplicate">]: Pick<Rejection, "code" | "detail">;
};

function toStored(circumstances: BatchCircumstances) {
  const { sentAtMs, isImport, isBot, context } = circumstances;
  // The proof of identity in a context is not for keeping.
  const { token: _, ...kept } = context;
  return {
    ...(sentAtMs !== undefined && { sentAtMs }),
    isImport,
    isBot: isBot ?? false,
    context: kept,
  };
}

function messageIdOf(raw: unknown): string | null {
  const id = (raw as { messageId?: unknown } | null)?.messageId;
  return typeof id === "string" ? id : null;
}
