import type { SqlQueryable } from "../db/client.ts";
import { findProtected } from "./find-protected.ts";

/** Remembers which accounts have people who prove who they are. */
export interface ProofLedger {
  /** Looks up what is not remembered. */
  load(projectId: string, accountIds: string[]): Promise<void>;
  /** Somebody of the account proved who they are, just now. */
  protect(projectId: string, accountId: string): void;
  /** Whether people of the account prove who they are, so that nobody else speaks for it. */
  isProtected(projectId: string, accountId: string): boolean;
}

/** Another process's proofs are seen so long after they were written, in milliseconds. */
const FRESH_MS = 10_000;
const MAX_ACCOUNTS = 20_000;

export function createProofLedger(sql: SqlQueryable, clock: () => number): ProofLedger {
  /** By project and account: whether it is protected, as looked up at a moment. */
  const known = new Map<string, { isProtected: boolean; until: number }>();
  const keyOf = (projectId: string, accountId: string) => `${projectId} ${accountId}`;

  const isKnown = (key: string) => (known.get(key)?.until ?? 0) > clock();

  function remember(key: string, isProtected: boolean): void {
    known.delete(key);
    known.set(key, { isProtected, until: clock() + FRESH_MS });
    if (known.size > MAX_ACCOUNTS) known.delete(known.keys().next().value as string);
  }

  return {
    async load(projectId, accountIds) {
      const unknown = accountIds.filter((id) => !isKnown(keyOf(projectId, id)));
      const found = await findProtected(sql, projectId, {
        accountIds: unknown,
        now: clock(),
      });
      for (const id of unknown) {
        const key = keyOf(projectId, id);
        // What was proved while this looked is newer than what it saw.
        if (!isKnown(key)) remember(key, found.has(id));
      }
    },
    protect: (projectId, accountId) => remember(keyOf(projectId, accountId), true),
    isProtected: (projectId, accountId) =>
      known.get(keyOf(projectId, accountId))?.isProtected ?? false,
  };
}
