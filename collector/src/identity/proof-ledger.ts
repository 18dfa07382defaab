import type { SqlQueryable } from "../db/client.ts";
import { addProofCounts, type ProofCount, sumProofCounts } from "./queries.ts";
import { dayOf, forgottenDay } from "./unsigned-share.ts";

/** Proofs of one batch. */
export interface ProofTally {
  /** A message that names an account came with a proof or without. */
  count(accountId: string, proof: "signed" | "unsigned"): void;
  /** Whether people of the account prove who they are, so that nobody else speaks for it. */
  isProtected(accountId: string): boolean;
  /** Adds the batch to what is stored. */
  write(): Promise<void>;
}

/** Knows which accounts have people who prove who they are. */
export interface ProofLedger {
  /** @param accountIds - those that the batch may name */
  open(projectId: string, accountIds: string[]): Promise<ProofTally>;
}

/** Another process's proofs are seen after so long, in milliseconds. */
const FRESH_MS = 10_000;
const MAX_ACCOUNTS = 20_000;

export function createProofLedger(sql: SqlQueryable, clock: () => number): ProofLedger {
  /** By project and account: whether it is protected, as looked up at a moment. */
  const known = new Map<string, { isProtected: boolean; until: number }>();
  const keyOf = (projectId: string, accountId: string) => `${projectId} ${accountId}`;

  function remember(key: string, isProtected: boolean): void {
    known.delete(key);
    known.set(key, { isProtected, until: clock() + FRESH_MS });
    if (known.size > MAX_ACCOUNTS) known.delete(known.keys().next().value as string);
  }

  async function load(projectId: string, accountIds: string[]): Promise<void> {
    const now = clock();
    const unknown = accountIds.filter(
      (id) => !((known.get(keyOf(projectId, id))?.until ?? 0) > now),
    );
    if (unknown.length === 0) return;
    const since = forgottenDay(now);
    const counts = await sumProofCounts(sql, projectId, { accountIds: unknown, since });
    const signed = new Set(counts.filter((one) => one.signed > 0).map((one) => one.accountId));
    for (const id of unknown) remember(keyOf(projectId, id), signed.has(id));
  }

  return {
    async open(projectId, accountIds) {
      await load(projectId, accountIds);
      const counts = new Map<string, ProofCount>();
      return {
        count(accountId, proof) {
          const count = counts.get(accountId) ?? { accountId, signed: 0, unsigned: 0 };
          counts.set(accountId, count);
          count[proof] += 1;
          if (proof === "signed") remember(keyOf(projectId, accountId), true);
        },
        isProtected: (accountId) => known.get(keyOf(projectId, accountId))?.isProtected ?? false,
        async write() {
          if (counts.size === 0) return;
          await addProofCounts(sql, projectId, {
            day: dayOf(clock()),
            counts: [...counts.values()],
          });
        },
      };
    },
  };
}
