import type { AccountStanding } from "@telltale/scoring";
import type { SegmentRule } from "../db/schema/segments.ts";
import { isInSegment } from "../segments/matches.ts";

type Traits = Readonly<Record<string, unknown>>;

/** A segment that a team saved, and since when. */
export interface DatedSegment {
  key: string;
  rules: SegmentRule[];
  createdAt: Date;
}

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
export function standingTraits(segments: readonly DatedSegment[]): string[] {
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

/** What traits say of an account at a moment; segments that were saved later do not count. */
export function standingOf(
  traits: Traits,
  segments: readonly DatedSegment[],
  from: number,
): AccountStanding {
  const saved = segments.filter(
    (one) => one.createdAt.getTime() <= from && isInSegment(one.rules, traits),
  );
  return {
    from,
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
  segments: readonly DatedSegment[],
): AccountStanding[] {
  const recorded = new Set(changes.map((one) => one.trait));
  const traits: Record<string, unknown> = Object.fromEntries(
    Object.entries(account.traits).filter(([trait]) => !recorded.has(trait)),
  );
  const createdAt = account.createdAt.getTime();
  const moments = new Set([createdAt, ...segments.map((one) => one.createdAt.getTime())]);
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
