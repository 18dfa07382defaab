/** Looks ten times a second how far the scores of touched accounts have come. */

import { setTimeout as sleep } from "node:timers/promises";

const EVERY_MS = 100;

/** Starts looking; `sql` is a connection of its own. */
export function createFreshness(sql) {
  /** Times of answered events that no score has seen yet, by account, oldest first. */
  const waiting = new Map();
  /** What each score was first to see: the oldest event behind it, by account and moment. */
  const behind = new Map();
  const delays = [];
  let isOver = false;

  async function look() {
    while (!isOver) {
      const rows = await sql`SELECT account_id, as_of FROM account_health`;
      const now = Date.now();
      for (const { account_id: account, as_of: asOf } of rows) {
        const times = waiting.get(account) ?? [];
        const seen = times.filter((at) => at <= asOf.getTime());
        if (seen.length === 0) continue;
        behind.set(`${account} ${asOf.getTime()}`, seen[0]);
        delays.push(...seen.map((at) => now - at));
        waiting.set(account, times.slice(seen.length));
      }
      await sleep(EVERY_MS);
    }
  }
  const looking = look();
  // Whoever waits for it hears of a failure; nobody does when the benchmark itself has failed.
  looking.catch(() => {});
  const unscored = () => [...waiting.values()].reduce((sum, times) => sum + times.length, 0);

  return {
    touched(account) {
      const times = waiting.get(account) ?? [];
      times.push(Date.now());
      waiting.set(account, times);
    },
    /** Waits until every answered event is in a score, or for so long. */
    async settle(mostMs) {
      for (const until = Date.now() + mostMs; Date.now() < until && unscored() > 0; ) {
        await sleep(EVERY_MS);
      }
      isOver = true;
      await looking;
    },
    delays: () => delays,
    unscored,
    /** When the oldest event was answered that a score was the first to see; null: none of ours. */
    oldestBehind: (account, asOf) => behind.get(`${account} ${asOf}`) ?? null,
  };
}
