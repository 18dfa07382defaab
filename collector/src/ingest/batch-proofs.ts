import type { CheckedMessage } from "./check-message.ts";
import type { NewEvent } from "./new-event.ts";

/**
 * `unverified` is noted with the event; `uncounted` too, and the event is no usage, because people of
 * the account prove who they are; `refused` keeps it out.
 */
export type IdentityVerdict = "trusted" | "unverified" | "uncounted" | "refused";

/** Whether a message may speak for the people it names. */
export type Identify = (
  message: Pick<CheckedMessage, "userId" | "groupId">,
  context: Record<string, unknown>,
) => IdentityVerdict;

/** What a proof of identity says. */
export interface Claims {
  sub: string;
  /** The account or accounts of the user. */
  account?: string | string[];
}

/** The proofs that came with a batch. */
export interface BatchProofs {
  identify: Identify;
  /** What was proved for a message as it came; null: nothing. */
  claimsOf(raw: unknown): Claims | null;
  /** Counts an event that was stored, as one with a proof or without. */
  note(event: Pick<NewEvent, "projectId" | "accountId" | "proof">): void;
}

/** Nobody need prove to be nobody; a user must be the token's, an account one of the token's. */
export function isProved(claims: Claims | null, userId: string, accountId: string): boolean {
  if (userId === "" && accountId === "") return true;
  if (!claims || (userId !== "" && claims.sub !== userId)) return false;
  return accountId === "" || [claims.account].flat().includes(accountId);
}
