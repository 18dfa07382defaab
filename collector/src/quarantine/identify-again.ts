import type { SqlQueryable } from "../db/client.ts";
import { findProtected } from "../identity/find-protected.ts";
import { findAccountId, findAccountIds } from "../ingest/account-id.ts";
import { type BatchProofs, isProved } from "../ingest/batch-proofs.ts";
import type { IdentityMode } from "../projects/settings.ts";
import type { RejectedRow, StoredCircumstances } from "./queries.ts";

/** The code of messages that nobody proved to speak for whom they name. */
export const UNVERIFIED = "identity_unverified";

/**
 * Judges a message that is tried again by the project's setting of now and by what was proved when it
 * came in. Where no proof is asked for any more, one that had none stays marked.
 *
 * @param message - unchecked
 * @returns undefined where it may speak for anybody: it came with a secret key, or unasked
 */
export async function identifyAgain(
  sql: SqlQueryable,
  message: unknown,
  {
    projectId,
    mode,
    row,
    now,
  }: {
    projectId: string;
    mode: IdentityMode;
    row: Pick<RejectedRow, "code"> & { circumstances: StoredCircumstances };
    now: number;
  },
): Promise<BatchProofs | undefined> {
  const { isImport = false, claims, context = {} } = row.circumstances;
  if (isImport) return undefined;
  const wasAsked = claims !== undefined || row.code === UNVERIFIED;
  if (mode === "off" && !wasAsked) return undefined;
  const accountIds = mode === "log" ? findAccountIds([message], context) : [];
  const known = await findProtected(sql, projectId, { accountIds, now });
  return {
    identify({ userId, groupId }, merged) {
      const accountId = findAccountId(groupId, merged);
      if (isProved(claims ?? null, userId, accountId)) return "trusted";
      if (mode === "enforce") return "refused";
      return known.has(accountId) ? "uncounted" : "unverified";
    },
    claimsOf: () => claims ?? null,
    // Counts are of messages as they come in.
    note() {},
  };
}
