import type { AccountStanding } from "@telltale/scoring";
import { isInSegment } from "../segments/matches.ts";
import type { SegmentPeriod } from "../segments/queries.ts";

type Traits = Readonly<Record<string, unknown>>;

/** A value that a trait of an account had from a moment on. */
export interface TraitChange {
  accountId: string;
  trait: string;
  changedAt: Date;
  value: unknown;
}

/** Traits that put an account among its peers. */
export const SEGMENT_TRAITS = ["plan", "industry", "size", "region", "segment"];

/** The traits that a standing can depend on. */
export function standingTraits(segments: readonly SegmentPeriod[]): string[] {
  const inRules = segments.flatMap(({ rules }) => rules.map((rule) => rule.trait));
  return [...new Set(["seats", ...SEGMENT_TRAITS, ...inRules])].sort();
}

/** The segments that an account's traits put it in, such as `plan:pro`, sorted. */
export function segmentsOf(traits: Traits): string[] {
  return SEGMENT_TRAITS.flatMap((trait) => {
    const value = traits[trait];
    return typeof value === "string" && value !== "" ? [`${trait}:${value}`] : [];
  }).sort();
}

function seatsOf({ seats }: Traits): number | null {
  return typeof seats === "number" && Number.isFinite(seats) && seats > 0 ? seats : null;
}

/** What traits say of an account at a moment; saved segments count by the rules of then. */
export function standingOf(
  traits: Traits,
  segments: readonly SegmentPeriod[],
  at: number,
): AccountStanding {
  const saved = segments.filter(
    ({ rules, from, until }) =>
      from.getTime() <= at &&
      (until === null || until.getTime() > at) &&
      isInSegment(rules, traits),
  );
  return {
    from: at,
    seats: seatsOf(traits),
    segments: [...segmentsOf(traits), ...saved.map((one) => one.key)],
  };
}

/**
 * All standings of an account, oldest first. A trait without recorded changes counts as said at
 * the account's creation.
 *
 * @param changes - of this account
 */
export function standingsOf(
  account: { traits: Traits; createdAt: Date },
  changes: readonly TraitChange[],
  segments: readonly SegmentPeriod[],
): AccountStanding[] {
  const recorded = new Set(changes.map((one) => one.trait));
  const traits: Record<string, unknown> = Object.fromEntries(
    Object.entries(account.traits).filter(([trait]) => !recorded.has(trait)),
  );
  const createdAt = account.createdAt.getTime();
  const moments = new Set([createdAt]);
  for (const { from, until } of segments) {
    moments.add(from.getTime());
    if (until) moments.add(until.getTime());
  }
  for (const one of changes) moments.add(one.changedAt.getTime());
  const queue = [...changes].sort((a, b) => a.changedAt.getTime() - b.changedAt.getTime());
  return [...moments]
    .sort((a, b) => a - b)
    .map((at) => {
      while (queue[0] && queue[0].changedAt.getTime() <= at) {
        const { trait, value } = queue.shift() as TraitChange;
        traits[trait] = value;
      }
      return standingOf(traits, segments, at);
    });
}
