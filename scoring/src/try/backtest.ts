/**
 * A draft against the published model, on history, before anybody sees it.
 *
 * @module
 */

import { type Evaluation, evaluateInSteps } from "../evaluate/evaluate.ts";
import { type EvaluationCase, isFlag } from "../evaluate/evaluation-case.ts";
import { hasEnoughOutcomes } from "../evaluate/figure.ts";
import { COVERAGE, FALSE_DISCOVERIES, RECALL } from "../evaluate/share.ts";
import * as statistics from "../evaluate/statistics.ts";
import {
  type BootstrapOptions,
  bootstrapInSteps,
  type Interval,
  toInterval,
} from "../stats/bootstrap.ts";
import { asPart, finish, type Steps } from "../stats/steps.ts";
import { comparePairs, type ScoreComparison } from "./compare-scores.ts";

/** A figure that decides whether a draft is worse. */
export type DecidingFigure = "recall" | "falseAlarms" | "areaUnderCurve" | "coverage";

/** A difference of a figure, draft − published. */
export interface FigureDifference {
  value: number;
  /** 95 %, resampling accounts in pairs; null where most samples have no such figure, or all differ by as much. */
  interval: [low: number, high: number] | null;
}

/** What {@link backtest} found. */
export interface Backtest {
  status: "ok" | "too-few-outcomes";
  published: Evaluation;
  draft: Evaluation;
  comparison: ScoreComparison;
  /** Draft − published; null where a side has no such figure. */
  differences: Record<DecidingFigure, FigureDifference | null>;
  /** Accounts that the draft would flag at the horizon and the published model does not, and the other way round. */
  flags: { onlyDraft: string[]; onlyPublished: string[]; both: number };
  /**
   * The draft finds fewer, alarms falsely more often, ranks worse or covers less, beyond chance: its interval leaves
   * out 0, or every sample differs by as much.
   * Publishing it needs a typed reason.
   */
  isWorse: boolean;
  /** The figures by which it is worse. */
  worseBy: DecidingFigure[];
}

/** What {@link backtest} looks at. */
export interface BacktestInput extends BootstrapOptions {
  /** The same outcomes at the same horizon, as the published model sees them … */
  published: readonly EvaluationCase[];
  /** … and as the draft does. */
  draft: readonly EvaluationCase[];
}

/**
 * Compares two models on the same outcomes, as of the horizon.
 *
 * @throws {RangeError} if the two lists are not of the same outcomes
 */
export function backtest(input: BacktestInput): Backtest {
  return finish(backtestInSteps(input));
}

/** {@link backtest}, a sample at a time. */
export function* backtestInSteps(input: BacktestInput): Steps<Backtest> {
  const { published, draft, seed, replicates = 400 } = input;
  const options = { seed, replicates };
  const drafts = new Map(draft.map((one) => [idOf(one), one]));
  const sorted = [...published].sort((a, b) => (b.score ?? -1) - (a.score ?? -1));
  const pairs = sorted.map((before) => {
    const after = drafts.get(idOf(before));
    if (!after || draft.length !== published.length) {
      throw new RangeError(
        `backtest requires the same outcomes twice, got none for ${idOf(before)}`,
      );
    }
    return { before, after };
  });
  const found = yield* asPart(differencesInSteps(pairs, options), 0, 3);
  const isEnough = hasEnoughOutcomes(published);
  const worseBy = NAMES.filter((name) => {
    const { range } = found[name];
    if (!isEnough || !range) return false;
    return name === "falseAlarms" ? range[0] > 0 : range[1] < 0;
  });
  return {
    status: isEnough ? "ok" : "too-few-outcomes",
    published: yield* asPart(evaluateInSteps({ cases: published, ...options }), 1, 3),
    draft: yield* asPart(evaluateInSteps({ cases: draft, ...options }), 2, 3),
    comparison: comparePairs(pairs),
    differences: mapFigures((name) => toDifference(found[name])),
    flags: {
      onlyDraft: pairs.filter(isOnly("after", "before")).map((pair) => pair.after.accountId),
      onlyPublished: pairs.filter(isOnly("before", "after")).map((pair) => pair.after.accountId),
      both: pairs.filter(({ before, after }) => isFlag(before.tier) && isFlag(after.tier)).length,
    },
    isWorse: worseBy.length > 0,
    worseBy,
  };
}

interface Pair {
  before: EvaluationCase;
  after: EvaluationCase;
}

function idOf({ accountId, outcomeAt, isChurned }: EvaluationCase): string {
  return JSON.stringify([accountId, outcomeAt, isChurned]);
}

function isOnly(one: keyof Pair, other: keyof Pair): (pair: Pair) => boolean {
  return (pair) => isFlag(pair[one].tier) && !isFlag(pair[other].tier);
}

/** The figures that decide, each after − before. */
const DECIDING: Record<DecidingFigure, statistics.Statistic> = {
  recall: statistics.shareOf(RECALL),
  falseAlarms: statistics.shareOf(FALSE_DISCOVERIES),
  areaUnderCurve: statistics.rocArea,
  coverage: statistics.shareOf(COVERAGE),
};
const NAMES = Object.keys(DECIDING) as DecidingFigure[];

function mapFigures<Value>(
  toValue: (name: DecidingFigure, i: number) => Value,
): Record<DecidingFigure, Value> {
  return Object.fromEntries(NAMES.map((name, i) => [name, toValue(name, i)])) as Record<
    DecidingFigure,
    Value
  >;
}

/** A difference, and the range of those of the samples. */
interface DrawnDifference {
  value: number | null;
  range: Interval | null;
}

function toDifference({ value, range }: DrawnDifference): FigureDifference | null {
  return value === null ? null : { value, interval: toInterval(range) };
}

function* differencesInSteps(
  pairs: readonly Pair[],
  options: BootstrapOptions,
): Steps<Record<DecidingFigure, DrawnDifference>> {
  const differences = NAMES.map((name) => (sample: readonly Pair[]): number | null => {
    const before = DECIDING[name](sample.map((pair) => pair.before));
    const after = DECIDING[name](sample.map((pair) => pair.after));
    return before === null || after === null ? null : after - before;
  });
  const ownerOf = ({ before }: Pair): string => before.accountId;
  const ranges = yield* bootstrapInSteps(pairs, differences, { ...options, ownerOf });
  return mapFigures((_, i) => ({
    value: differences[i]?.(pairs) ?? null,
    range: ranges[i] ?? null,
  }));
}
