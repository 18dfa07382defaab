import { MAX_ID_LENGTH } from "@telltale/protocol";

/** A text as it is, a number as a text, anything else as none: senders mean numbers as ids. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

/**
 * The account that a message is about: the one it names itself, else its context's.
 *
 * @param groupId - of the message, checked; empty: none
 * @returns at most `MAX_ID_LENGTH` characters; empty: no account
 */
export function findAccountId(groupId: string, context: Record<string, unknown>): string {
  const id = groupId || textOf(context.groupId);
  return id.length > MAX_ID_LENGTH ? id.slice(0, MAX_ID_LENGTH).toWellFormed() : id;
}

interface RawMessage {
  groupId?: unknown;
  context?: Record<string, unknown> | null;
}

/**
 * The accounts that unchecked messages are about, without ids that no database can hold: messages
 * that have one are refused later.
 *
 * @param context - of the batch, under the contexts of its messages
 */
export function findAccountIds(messages: unknown[], context: Record<string, unknown>): string[] {
  const ids = messages.map((raw) => {
    const { groupId, context: own } = (raw ?? {}) as RawMessage;
    const isOwn = typeof own === "object" && own !== null && "groupId" in own;
    return findAccountId(textOf(groupId), isOwn ? own : context);
  });
  return [...new Set(ids)].filter((id) => id !== "" && !id.includes("\0") && id.isWellFormed());
}
