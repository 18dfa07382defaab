import type { Rejection } from "@telltale/protocol";
import { v7 } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import type { Claims } from "../ingest/batch-proofs.ts";
import { withoutToken } from "../ingest/parse-message.ts";
import { insertRejected, type RejectedMessage, type StoredCircumstances } from "./queries.ts";

/** A message of up to the size limit is kept whole, so that it can be replayed. */
const MAX_KEPT_CHARACTERS = 33_000;
/** Enough to see what goes wrong; a flood of bad messages must not fill the disk. */
const MAX_KEPT_A_BATCH = 200;

/** What came with the messages. */
export interface Arrived {
  projectId: string;
  receivedAtMs: number;
  circumstances: StoredCircumstances;
  /** What was proved for a message; absent: no proof was asked for. */
  claimsOf?: (raw: unknown) => Claims | null;
}

/** These hold what must not be kept: an erased person's data, or a flood of made-up names. */
const NOT_KEPT: ReadonlySet<string> = new Set(["user_erased", "opted_out", "cardinality"]);

/** Keeps rejected messages, with the reasons, where they can be read and replayed. */
export async function quarantine(
  sql: SqlQueryable,
  rejected: Rejection[],
  messages: unknown[],
  arrived: Arrived,
): Promise<void> {
  const kept = rejected.filter(({ code }) => !NOT_KEPT.has(code)).slice(0, MAX_KEPT_A_BATCH);
  if (kept.length === 0) return;
  const rows = kept.map(
    ({ index, messageId, code, detail }): RejectedMessage => ({
      projectId: arrived.projectId,
      id: v7(),
      receivedAt: new Date(arrived.receivedAtMs).toISOString(),
      messageId: messageId === null ? null : toStorable(messageId).slice(0, 200),
      code,
      detail: toStorable(detail),
      payload: toStorable(toText(messages[index])).slice(0, MAX_KEPT_CHARACTERS),
      circumstances: {
        ...arrived.circumstances,
        ...(arrived.claimsOf && { claims: arrived.claimsOf(messages[index]) }),
      },
    }),
  );
  await insertRejected(sql, rows);
}

/**
 * The message without its proof of identity, whose claims are kept instead. `JSON.stringify` gives up
 * on nesting that `JSON.parse` still takes.
 */
function toText(raw: unknown): string {
  const { context } = (raw ?? {}) as { context?: Record<string, unknown> | null };
  const hasToken = typeof context === "object" && context !== null && "token" in context;
  const kept = hasToken ? { ...(raw as object), context: withoutToken(context) } : raw;
  try {
    return JSON.stringify(kept) ?? "";
  } catch {
    return "(nested too deep to keep)";
  }
}

/** NUL and halves of surrogate pairs are written as escapes, as they stood in the JSON. */
function toStorable(text: string): string {
  return text.replaceAll("\u0000", "\\u0000").toWellFormed();
}
