import { isUnavailable } from "../db/is-unavailable.ts";

/** Work on what a queue leases out. */
export interface ClaimedWork<Claim> {
  /** Takes what is due, for a while; null when nothing is. */
  claim(): Promise<Claim | null>;
  /** Does it and takes it off the queue; returns whether there may be more to do at once. */
  work(claimed: Claim): Promise<boolean>;
  /** Gives it back before its lease ends. */
  release(claimed: Claim): Promise<void>;
}

/**
 * A turn of a loop that works on a queue. What failed because the database was not there for it is
 * given back when the next turn begins: nothing waits for the end of its lease. What fails by itself
 * does, so that it comes in the way of others no more often than that.
 */
export function createClaimedTurn<Claim>(queue: ClaimedWork<Claim>): () => Promise<boolean> {
  let dropped: Claim | null = null;

  return async () => {
    if (dropped !== null) await queue.release(dropped);
    dropped = null;
    const claimed = await queue.claim();
    if (claimed === null) return false;
    try {
      return await queue.work(claimed);
    } catch (error) {
      if (isUnavailable(error)) dropped = claimed;
      throw error;
    }
  };
}
