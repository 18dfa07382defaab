import type { Rejection } from "@telltale/protocol";
import { v7 } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import type { Claims } from "../ingest/batch-proofs.ts";
import { withoutToken } from "../ingest/parse-message.ts";
import { isStorable, toStorable } from "../unstorable.ts";
import { findNamed } from "./named-people.ts";
import {
  findErased,
  findRefusals,
  insertRejected,
  type RejectedMessage,
  type StoredCircumstances,
} from "./queries.ts";

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

/** These hold what must not be kept: a person's data who is away, or a flood of made-up names. */
const NOT_KEPT: ReadonlySet<string> = new Set(["user_erased", "opted_out", "cardinality"]);

/**
 * Keeps rejected messages, with the reasons, where they can be read and replayed; what comes again with
 * its id once for a reason; nothing of people who were erased.
 */
export async function quarantine(
  sql: SqlQueryable,
  rejected: Rejection[],
  messages: unknown[],
  arrived: Arrived,
): Promise<void> {
  const kept = rejected.filter(({ code }) => !NOT_KEPT.has(code)).slice(0, MAX_KEPT_A_BATCH);
  if (kept.length === 0) return;
  const erased = await findAllErased(sql, kept, messages, arrived);
  const rows = kept.flatMap(({ index, messageId, code, detail }): RejectedMessage[] => {
    const message = messages[index];
    if (findNamed(message).some((id) => erased.has(id))) return [];
    const claims = arrived.claimsOf?.(message);
    return [
      {
        projectId: arrived.projectId,
        id: v7(),
        receivedAt: new Date(arrived.receivedAtMs).toISOString(),
        messageId: messageId === null ? null : toStorable(messageId.slice(0, 200)),
        code,
        detail: toStorable(detail),
        payload: toStorable(toText(message).slice(0, MAX_KEPT_CHARACTERS)),
        circumstances: {
          ...arrived.circumstances,
          ...(claims !== undefined && { claims: claims && erased.has(claims.sub) ? null : claims }),
        },
      },
    ];
  });
  await insertRejected(sql, await leaveOutKnown(sql, arrived.projectId, rows));
}

/** A sender may bring a message many times that is refused each time for the same: once is enough. */
async function leaveOutKnown(
  sql: SqlQueryable,
  projectId: string,
  rows: RejectedMessage[],
): Promise<RejectedMessage[]> {
  const ids = rows.flatMap(({ messageId }) => messageId ?? []);
  const known = await findRefusals(sql, projectId, ids);
  return rows.filter(({ messageId, code }) => {
    if (!messageId) return true;
    const codes = known.get(messageId) ?? new Set();
    const isNew = !codes.has(code);
    // The same batch may bring it twice.
    known.set(messageId, codes.add(code));
    return isNew;
  });
}

/** The people who were erased, of those that the messages name and that proved who they are. */
function findAllErased(
  sql: SqlQueryable,
  kept: Rejection[],
  messages: unknown[],
  { projectId, claimsOf }: Arrived,
): Promise<Set<string>> {
  const ids = kept.flatMap(({ index }) => {
    const sub = claimsOf?.(messages[index])?.sub;
    return [...findNamed(messages[index]), ...(sub === undefined ? [] : [sub])];
  });
  // An id that no database can hold was never erased either.
  const storable = new Set(ids.filter(isStorable));
  return findErased(sql, projectId, [...storable]);
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
