import type { SqlQueryable } from "../db/client.ts";
import { createPeriodicSums } from "../operations/periodic-sums.ts";
import { dayOf } from "./proof-days.ts";
import { addProofCounts, type ProofCount } from "./queries.ts";

/** Counts which accounts' messages come with a proof of identity. */
export interface ProofCounts {
  /** A message that names the account was stored. */
  note(projectId: string, accountId: string, proof: "signed" | "unsigned"): void;
  /** Writes what was counted since the last time. */
  flush(): Promise<void>;
  /** Writes for the last time. */
  stop(): Promise<void>;
}

/** Shorter than this process remembers what it counted; see the proof ledger. */
const EVERY_MS = 1_000;

/** Counts in memory, written every second. A process that dies loses the last of them. */
export function createProofCounts(
  sql: SqlQueryable,
  clock: () => number,
  onFault: (error: unknown) => void,
): ProofCounts {
  const { add, flush, stop } = createPeriodicSums<ProofCount>({
    everyMs: EVERY_MS,
    keyOf: ({ projectId, accountId, day }) => `${projectId} ${day} ${accountId}`,
    addTo(sum, row) {
      sum.signed += row.signed;
      sum.unsigned += row.unsigned;
    },
    write: (rows) => addProofCounts(sql, rows),
    onFault,
  });
  return {
    note(projectId, accountId, proof) {
      const none = { signed: 0, unsigned: 0 };
      add({ projectId, accountId, day: dayOf(clock()), ...none, [proof]: 1 });
    },
    flush,
    stop,
  };
}
