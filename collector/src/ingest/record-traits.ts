import type { SqlQueryable } from "../db/client.ts";
import {
  insertTraitChanges,
  type KnownTraits,
  lockTraits,
  type NewTraits,
  type TraitChange,
  type TraitOwners,
  updateTraits,
} from "./trait-queries.ts";

/** What a message says about an account or user. */
export interface SaidTraits {
  ownerId: string;
  traits: Record<string, unknown>;
  /** {@link traits} as JSON. */
  json: string;
  /** When it was so, ISO 8601. */
  at: string;
}

/**
 * Merges traits into their owners and keeps what changed. Messages may come in any order: a trait
 * that was said later stands, and an earlier one only enters the history, with the later value put
 * after it.
 *
 * @param said - in the order of arrival
 */
export async function recordTraits(
  sql: SqlQueryable,
  owners: TraitOwners,
  said: readonly SaidTraits[],
): Promise<void> {
  for (const round of toRounds(said)) await mergeTraits(sql, owners, round);
}

/**
 * Portions in which each owner has one message. Of the same said again and again, each time later,
 * the first and the last time count.
 */
export function toRounds(said: readonly SaidTraits[]): SaidTraits[][] {
  const perOwner = new Map<string, SaidTraits[]>();
  for (const one of said) {
    if (one.json === "{}") continue;
    const turns = perOwner.get(one.ownerId) ?? [];
    const [before, last] = turns.slice(-2);
    const isSame = (other: SaidTraits | undefined) =>
      other !== undefined && other.json === one.json && other.at <= one.at;
    if (isSame(last) && isSame(before)) turns.pop();
    turns.push(one);
    perOwner.set(one.ownerId, turns);
  }
  const rounds: SaidTraits[][] = [];
  for (const turns of perOwner.values()) {
    for (const [at, turn] of turns.entries()) {
      const round = rounds[at] ?? [];
      round.push(turn);
      rounds[at] = round;
    }
  }
  return rounds;
}

const NOTHING: KnownTraits = { values: new Map(), times: new Map() };

async function mergeTraits(
  sql: SqlQueryable,
  owners: TraitOwners,
  said: readonly SaidTraits[],
): Promise<void> {
  const known = await lockTraits(
    sql,
    owners,
    said.map(({ ownerId }) => ownerId),
  );
  const changes: TraitChange[] = [];
  const late: TraitChange[] = [];
  const news: NewTraits[] = [];
  for (const { ownerId, traits, at } of said) {
    const { times, values } = known.get(ownerId) ?? NOTHING;
    const fresh: [string, unknown][] = [];
    for (const [key, value] of Object.entries(traits)) {
      changes.push({ ownerId, key, value, at });
      const since = times.get(key);
      if (since === undefined || since <= at) fresh.push([key, value]);
      else late.push({ ownerId, key, value: values.get(key), at: since });
    }
    if (fresh.length > 0) news.push({ ownerId, traits: Object.fromEntries(fresh), at });
  }
  await insertTraitChanges(sql, owners, { changes, late });
  if (news.length > 0) await updateTraits(sql, owners, news);
}
