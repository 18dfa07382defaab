/**
 * Whether a score treats segments alike.
 *
 * @module
 */

import { type BootstrapOptions, bootstrapInterval } from "../stats/bootstrap.ts";
import type { EvaluationCase } from "./evaluation-case.ts";
import { type Figure, LEAST_OF_EACH_CLASS, toFigure } from "./figure.ts";
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
 * Segments with fewer than ten cases are left out. Coverage and mean score need no outcomes.
 */
export function assessFairness(input: FairnessInput): SegmentFairness[] {
  const { cases, seed, replicates = 400, notableGap = 0.1 } = input;
  const names = [...new Set(cases.flatMap((one) => [...one.segments]))].sort();
  return names.flatMap((segment) => {
    const inside = cases.filter((one) => one.segments.includes(segment));
    const outside = cases.filter((one) => !one.segments.includes(segment));
    if (inside.length < LEAST_OF_EACH_CLASS || outside.length < LEAST_OF_EACH_CLASS) return [];
    const gap = (name: string, statistic: statistics.Statistic, least: number): Gap =>
      toGap({ inside, outside, statistic, least, seed: `${seed}/${segment}/${name}`, replicates });
    return [
      {
        segment,
        n: inside.length,
        recall: gap("recall", statistics.recall, notableGap),
        falseAlarms: gap("false-alarms", statistics.falseDiscoveryRate, notableGap),
        coverage: gap("coverage", statistics.coverage, notableGap),
        meanScore: gap("mean", statistics.meanScore, 100 * notableGap),
      },
    ];
  });
}

interface GapInput extends BootstrapOptions {
  inside: readonly EvaluationCase[];
  outside: readonly EvaluationCase[];
  statistic: statistics.Statistic;
  least: number;
}

function toGap({ inside, outside, statistic, least, ...options }: GapInput): Gap {
  const needsOutcomes =
    statistic === statistics.recall || statistic === statistics.falseDiscoveryRate;
  const figure = (cases: readonly EvaluationCase[]): Figure => {
    if (needsOutcomes) return toFigure(cases, statistic, options);
    const value = statistic(cases);
    return {
      status: value === null ? "undefined" : "ok",
      value,
      interval: value === null ? null : bootstrapInterval(cases, statistic, options),
      n: cases.length,
    };
  };
  const segment = figure(inside);
  const others = figure(outside);
  if (segment.value === null || others.value === null) {
    return { segment, others, gap: null, interval: null, isNotable: false };
  }
  const tagged = [
    ...inside.map((one) => ({ one, isInside: true })),
    ...outside.map((one) => ({ one, isInside: false })),
  ];
  const interval = bootstrapInterval(
    tagged,
    (sample) => {
      const a = statistic(sample.filter((row) => row.isInside).map((row) => row.one));
      const b = statistic(sample.filter((row) => !row.isInside).map((row) => row.one));
      return a === null || b === null ? null : a - b;
    },
    options,
  );
  const gap = segment.value - others.value;
  const leavesOutZero = interval !== null && (interval[0] > 0 || interval[1] < 0);
  return { segment, others, gap, interval, isNotable: leavesOutZero && Math.abs(gap) >= least };
}
