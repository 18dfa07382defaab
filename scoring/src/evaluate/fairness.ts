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
} from "../stats/bootstrap.ts";
import { createRandom } from "../stats/random.ts";
import { asPart, finish, type Steps } from "../stats/steps.ts";
import type { EvaluationCase } from "./evaluation-case.ts";
import { type Figure, hasEnoughOutcomes, LEAST_OF_EACH_CLASS } from "./figure.ts";
import * as statistics from "./statistics.ts";

/** A figure of a segment, beside that of everybody else. */
export interface Gap {
  segment: Figure;
  others: Figure;
  /** Segment − others; null where either does not exist. */
  gap: number | null;
  /** 95 %, by bootstrap within both groups. */
  interval: [low: number, high: number] | null;
  /** The interval leaves out 0, and the gap is at least as large as asked for. */
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
 * Segments with fewer than ten cases are left out. Coverage and mean score need no outcomes. A gap is notable where its
 * interval leaves out 0 and it is as large as asked for [ours]; with many segments, one in twenty leaves out 0 by chance.
 *
 * @see https://arxiv.org/abs/1610.02413 (Hardt, Price and Srebro 2016: equal recall is "equal opportunity")
 * @see https://doi.org/10.1089/big.2016.0047 (Chouldechova 2017: equal precision is "predictive parity"; both at once
 *   can't be had where segments churn differently)
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
    if (inside.length < LEAST_OF_EACH_CLASS || outside.length < LEAST_OF_EACH_CLASS) continue;
    const options = { seed: `${seed}/${segment}`, replicates };
    const sampled = yield* asPart(sampleBoth(inside, outside, options), i, names.length);
    const gap = (name: keyof typeof STATISTICS, least: number): Gap =>
      toGap({ inside, outside, sampled: sampled[name], name, least });
    found.push({
      segment,
      n: inside.length,
      recall: gap("recall", notableGap),
      falseAlarms: gap("falseAlarms", notableGap),
      coverage: gap("coverage", notableGap),
      meanScore: gap("meanScore", 100 * notableGap),
    });
  }
  return found;
}

/** What is compared. */
const STATISTICS = {
  recall: statistics.recall,
  falseAlarms: statistics.falseDiscoveryRate,
  coverage: statistics.coverage,
  meanScore: statistics.meanScore,
};

/** Figures that say nothing without outcomes of both classes. */
const OF_OUTCOMES: ReadonlySet<keyof typeof STATISTICS> = new Set(["recall", "falseAlarms"]);

/** A statistic of samples of both groups, in the order they were drawn. */
interface Sampled {
  inside: (number | null)[];
  outside: (number | null)[];
}

/** Draws samples of both groups once, and takes every statistic of each. */
function* sampleBoth(
  inside: readonly EvaluationCase[],
  outside: readonly EvaluationCase[],
  { seed, replicates }: Required<BootstrapOptions>,
): Steps<Record<keyof typeof STATISTICS, Sampled>> {
  const random = createRandom(seed);
  const draw = {
    inside: createResampler(inside, random),
    outside: createResampler(outside, random),
  };
  const empty = (): Sampled => ({ inside: [], outside: [] });
  const sampled = {
    recall: empty(),
    falseAlarms: empty(),
    coverage: empty(),
    meanScore: empty(),
  };
  for (let replicate = 0; replicate < replicates; replicate++) {
    for (const side of ["inside", "outside"] as const) {
      const sample = draw[side]();
      for (const name of Object.keys(STATISTICS) as (keyof typeof STATISTICS)[]) {
        sampled[name][side].push(STATISTICS[name](sample));
      }
    }
    yield (replicate + 1) / replicates;
  }
  return sampled;
}

interface GapInput {
  inside: readonly EvaluationCase[];
  outside: readonly EvaluationCase[];
  sampled: Sampled;
  name: keyof typeof STATISTICS;
  least: number;
}

function toGap({ inside, outside, sampled, name, least }: GapInput): Gap {
  const figure = (cases: readonly EvaluationCase[], values: (number | null)[]): Figure => {
    const n = cases.length;
    if (OF_OUTCOMES.has(name) && !hasEnoughOutcomes(cases)) {
      return { status: "too-few-outcomes", value: null, interval: null, n };
    }
    const value = STATISTICS[name](cases);
    if (value === null) return { status: "undefined", value, interval: null, n };
    return { status: "ok", value, interval: intervalOf(values), n };
  };
  const segment = figure(inside, sampled.inside);
  const others = figure(outside, sampled.outside);
  if (segment.value === null || others.value === null) {
    return { segment, others, gap: null, interval: null, isNotable: false };
  }
  const interval = intervalOf(
    sampled.inside.map((a, i) => {
      const b = sampled.outside[i] ?? null;
      return a === null || b === null ? null : a - b;
    }),
  );
  const gap = segment.value - others.value;
  const leavesOutZero = interval !== null && (interval[0] > 0 || interval[1] < 0);
  return { segment, others, gap, interval, isNotable: leavesOutZero && Math.abs(gap) >= least };
}

const intervalOf = (sampled: readonly (number | null)[]): Interval | null =>
  toInterval(
    sampled.filter((value) => value !== null),
    sampled.length,
  );
