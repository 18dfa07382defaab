/**
 * Whether a score treats segments alike.
 *
 * @module
 */

import {
  type BootstrapOptions,
  createResampler,
  type Interval,
  toInterval,
  toRange,
} from "../stats/bootstrap.ts";
import { createRandom } from "../stats/random.ts";
import { asPart, finish, type Steps } from "../stats/steps.ts";
import type { EvaluationCase } from "./evaluation-case.ts";
import { type Figure, hasEnoughOutcomes, tooFewOutcomes, toShareFigure } from "./figure.ts";
import {
  COVERAGE,
  countShare,
  FALSE_DISCOVERIES,
  intervalOfGap,
  RECALL,
  type Share,
} from "./share.ts";
import { meanScore } from "./statistics.ts";

/** A figure of a segment, beside that of everybody else. */
export interface Gap {
  segment: Figure;
  others: Figure;
  /** Segment − others; null where either does not exist. */
  gap: number | null;
  /** 95 %: of shares Newcombe's, of the mean score by bootstrap of accounts in both groups. */
  interval: [low: number, high: number] | null;
  /** The interval leaves out 0, or every sample has the same gap; and the gap is at least as large as asked for. */
  isNotable: boolean;
}

/** Gaps of one segment. */
export interface SegmentFairness {
  segment: string;
  n: number;
  recall: Gap;
  /** At-risk flags that stayed. */
  falseAlarms: Gap;
  coverage: Gap;
  /** In points. */
  meanScore: Gap;
}

/** What {@link assessFairness} looks at. */
export interface FairnessInput extends BootstrapOptions {
  cases: readonly EvaluationCase[];
  /** Gap of a share (0–1) that is worth telling; 0.1 unless told. For the mean score, a hundred times that. */
  notableGap?: number;
}

/**
 * Recall, false alarms, coverage and mean score of each segment against everybody else.
 *
 * Segments of fewer than ten accounts are left out. Coverage and mean score need no outcomes. A gap is notable where its
 * interval leaves out 0 and it is as large as asked for [ours]; with many segments, one in twenty leaves out 0 by chance.
 * A gap of mean scores has an interval, and can be notable, where both sides have ten accounts with a score.
 *
 * @see https://arxiv.org/abs/1610.02413 (Hardt, Price and Srebro 2016: equal recall is "equal opportunity")
 * @see https://doi.org/10.1089/big.2016.0047 (Chouldechova 2017: equal precision is "predictive parity"; with equal recall
 *   and equal false positive rates it can't be had where segments churn differently)
 */
export function assessFairness(input: FairnessInput): SegmentFairness[] {
  return finish(assessFairnessInSteps(input));
}

/** {@link assessFairness}, a sample at a time. */
export function* assessFairnessInSteps(input: FairnessInput): Steps<SegmentFairness[]> {
  const { cases, seed, replicates = 400, notableGap = 0.1 } = input;
  const names = [...new Set(cases.flatMap((one) => [...one.segments]))].sort();
  const found: SegmentFairness[] = [];
  for (const [i, segment] of names.entries()) {
    const inside = cases.filter((one) => one.segments.includes(segment));
    const outside = cases.filter((one) => !one.segments.includes(segment));
    if (Math.min(countAccounts(inside), countAccounts(outside)) < LEAST_ACCOUNTS) continue;
    const groups = { inside, outside };
    const options = { seed: `${seed}/${segment}`, replicates };
    const scores = yield* asPart(compareMeans(groups, options), i, names.length);
    found.push({
      segment,
      n: inside.length,
      recall: toGap(compareShares(groups, RECALL, hasEnoughOutcomes), notableGap),
      falseAlarms: toGap(compareShares(groups, FALSE_DISCOVERIES, hasEnoughOutcomes), notableGap),
      coverage: toGap(
        compareShares(groups, COVERAGE, () => true),
        notableGap,
      ),
      meanScore: toGap(scores, 100 * notableGap),
    });
  }
  return found;
}

/** Accounts below which nothing is told of a segment [ours]. */
const LEAST_ACCOUNTS = 10;

function countAccounts(cases: readonly EvaluationCase[]): number {
  return new Set(cases.map(({ accountId }) => accountId)).size;
}

/** Accounts of a segment, and all others. */
interface Groups {
  inside: readonly EvaluationCase[];
  outside: readonly EvaluationCase[];
}

/** Two figures and the range of their difference, both ends the same where every sample had the same. */
type Compared = Pick<Gap, "segment" | "others"> & { range: Interval | null };

/** @param isEnough - whether cases can tell the share */
function compareShares(
  { inside, outside }: Groups,
  share: Share,
  isEnough: (cases: readonly EvaluationCase[]) => boolean,
): Compared {
  const [segment, others] = [inside, outside].map((cases) =>
    isEnough(cases) ? toShareFigure(cases, share) : tooFewOutcomes(cases.length),
  ) as [Figure, Figure];
  const [one, other] = [countShare(inside, share), countShare(outside, share)];
  return { segment, others, range: one && other ? intervalOfGap(one, other) : null };
}

/** Mean scores, resampling accounts on both sides. */
function* compareMeans(
  { inside, outside }: Groups,
  { seed, replicates }: Required<BootstrapOptions>,
): Steps<Compared> {
  const random = createRandom(seed);
  const ownerOf = (one: EvaluationCase): string => one.accountId;
  const draw = [inside, outside].map((cases) => createResampler(cases, random, ownerOf));
  const means: [number[], number[]] = [[], []];
  const gaps: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    const [a, b] = draw.map((sample) => meanScore(sample())) as [number | null, number | null];
    if (a !== null) means[0].push(a);
    if (b !== null) means[1].push(b);
    if (a !== null && b !== null) gaps.push(a - b);
    yield (replicate + 1) / replicates;
  }
  const [segment, others] = [inside, outside].map((cases, side): Figure => {
    const value = meanScore(cases);
    const n = cases.length;
    if (value === null) return { status: "undefined", value, interval: null, n };
    const interval = toInterval(toRange(means[side] as number[], replicates));
    return { status: "ok", value, interval, n };
  }) as [Figure, Figure];
  const hasEnough = [inside, outside].every(
    (cases) => countAccounts(cases.filter((one) => one.score !== null)) >= LEAST_ACCOUNTS,
  );
  return { segment, others, range: hasEnough ? toRange(gaps, replicates) : null };
}

/** @param least - size of a gap that is worth telling */
function toGap({ segment, others, range }: Compared, least: number): Gap {
  if (segment.value === null || others.value === null) {
    return { segment, others, gap: null, interval: null, isNotable: false };
  }
  const gap = segment.value - others.value;
  const leavesOutZero = range !== null && (range[0] > 0 || range[1] < 0);
  const isNotable = leavesOutZero && Math.abs(gap) >= least;
  return { segment, others, gap, interval: toInterval(range), isNotable };
}
