/** Looks ten times a second how far the scores of touched accounts have come. */

import { setTimeout as sleep } from "node:timers/promises";

const EVERY_MS = 100;

/**
 * Starts looking. A score has seen what was committed when it began: the client hears of that a little
 * later, and of the last event of an account no other would tell. So the moment of the commit counts.
 *
 * @param sql - a connection of its own, to a Postgres with `track_commit_timestamp`
 */
export function createFreshness(sql) {
  /** Answered events that no score has seen yet, by account, oldest first. */
  const waiting = new Map();
  /** When the oldest event was answered that a score was first to see, by account and moment. */
  const behind = new Map();
  const delays = [];
  let isOver = false;

  async function noteCommits() {
    const fresh = [...waiting.values()].flat().filter((event) => event.committedAt === null);
    if (fresh.length === 0) return;
    const rows = await sql`
      SELECT event_id AS id, pg_xact_commit_timestamp(xmin) AS at FROM events
      WHERE event_id = ANY(${fresh.map(({ id }) => id)}::uuid[])`;
    const commits = new Map(rows.map(({ id, at }) => [id, at.getTime()]));
    for (const event of fresh) event.committedAt = commits.get(event.id) ?? null;
  }

  async function look() {
    while (!isOver) {
      await noteCommits();
      const rows = await sql`SELECT account_id, as_of FROM account_health`;
      const now = Date.now();
      for (const { account_id: account, as_of: asOf } of rows) {
        const isSeen = ({ committedAt }) => committedAt !== null && committedAt <= asOf.getTime();
        const events = waiting.get(account) ?? [];
        const seen = events.filter(isSeen);
        if (seen.length === 0) continue;
        behind.set(`${account} ${asOf.getTime()}`, seen[0].answeredAt);
        delays.push(...seen.map(({ answeredAt }) => Math.max(0, now - answeredAt)));
        waiting.set(
          account,
          events.filter((event) => !isSeen(event)),
        );
      }
      await sleep(EVERY_MS);
    }
  }
  const looking = look();
  // Whoever waits for it hears of a failure; nobody does when the benchmark itself has failed.
  looking.catch(() => {});
  const unscored = () => [...waiting.values()].reduce((sum, events) => sum + events.length, 0);

  return {
    /** An event of this id was answered. */
    touched(account, id) {
      const events = waiting.get(account) ?? [];
      events.push({ id, answeredAt: Date.now(), committedAt: null });
      waiting.set(account, events);
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
