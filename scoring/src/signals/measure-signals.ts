/**
 * Facts → signals.
 *
 * @module
 */

import { type AccountFacts, dayOf, MS_PER_DAY, standingAt } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import type { SignalKind, SignalSpec } from "../model/signal-spec.ts";
import { cutSpikes } from "../quality/spikes.ts";
import { mean, standardDeviation } from "../stats/moments.ts";
import { measureActiveDays } from "./active-days.ts";
import { measureCriticalReturn } from "./critical-return.ts";
import { measureExternal } from "./external.ts";
import { measureFeatureBreadth } from "./feature-breadth.ts";
import { measureFeatureDepth } from "./feature-depth.ts";
import { measureFriction, measureWebVital } from "./friction.ts";
import type { MeasuredSignal } from "./measured-signal.ts";
import { measureMilestones } from "./milestones.ts";
import { measurePathAdherence } from "./path-adherence.ts";
import { measureRawScore } from "./raw-score.ts";
import { type Measurement, onDay, type Reading, type SharedFindings } from "./reading.ts";
import { measureSeatCoverage } from "./seat-coverage.ts";
import { measureSentiment } from "./sentiment.ts";
import { measureSentimentTrajectory } from "./sentiment-trajectory.ts";
import { measureEngagedTime, measureSessionFrequency } from "./sessions.ts";
import { measureSilence } from "./silence.ts";
import { measureStickiness } from "./stickiness.ts";
import { measureTaskCompletion } from "./task-completion.ts";
import { measureTimeToValue } from "./time-to-value.ts";
import { createUsageIndex } from "./usage-index.ts";
import { measureVelocity } from "./velocity.ts";

const MEASURES: Record<SignalKind, (measurement: Measurement) => Reading> = {
  raw_score: measureRawScore,
  feature_breadth: measureFeatureBreadth,
  feature_depth: measureFeatureDepth,
  active_days: measureActiveDays,
  seat_coverage: measureSeatCoverage,
  stickiness: measureStickiness,
  session_frequency: measureSessionFrequency,
  engaged_time: measureEngagedTime,
  critical_return: measureCriticalReturn,
  velocity: measureVelocity,
  task_completion: measureTaskCompletion,
  time_to_value: measureTimeToValue,
  path_adherence: measurePathAdherence,
  milestones: measureMilestones,
  friction: measureFriction,
  web_vital: measureWebVital,
  csat: measureSentiment("csat"),
  nps: measureSentiment("nps"),
  ces: measureSentiment("ces"),
  thumbs: measureSentiment("thumbs"),
  comments: measureSentiment("comment"),
  sentiment_trajectory: measureSentimentTrajectory,
  silence: measureSilence,
  external: measureExternal,
};

/** Earlier windows that `own_baseline` compares with, at most and at least. */
const OWN_WINDOWS = 6;
const LEAST_OWN_WINDOWS = 3;

/** What {@link measureSignals} looks at. */
export interface MeasureInput {
  facts: AccountFacts;
  model: ScoringModel;
  /** Milliseconds since the Unix epoch; facts later than it are ignored. */
  now: number;
  /** Day number of `now` in the project's time zone; UTC unless told. */
  today?: number;
}

/**
 * Measures every signal of a model on one account. Days of usage that stand out are cut first, see {@link cutSpikes}.
 *
 * @returns one signal per `model.signals`, in that order
 * @throws {RangeError} if `now` is not finite, or a measurement is no finite number because a fact was none
 */
export function measureSignals({ facts, model, now, today }: MeasureInput): MeasuredSignal[] {
  return createMeasurer(facts, model)(now, today);
}

/** Measures the signals of one account at a moment; `today` is the day of `now` in UTC unless told. */
export type Measurer = (now: number, today?: number) => MeasuredSignal[];

/**
 * Prepares the facts of one account once, to measure them as of many moments: each as {@link measureSignals} would.
 *
 * @param facts - what is later than a moment is ignored there; seats and segments are those of `standingAt`
 * @param model - whose signals are measured
 */
export function createMeasurer(facts: AccountFacts, model: ScoringModel): Measurer {
  // What stands out is judged by the days before it, so that cutting all days at once cuts each as of its time.
  const calm = { ...facts, usage: cutSpikes(facts.usage) };
  const lasting = { usage: createUsageIndex(calm.usage), weights: new Map() };
  const comparedWithPast = findComparedWithPast(model);
  return (now, today = dayOf(now)) => {
    const shared: SharedFindings = { ...lasting, windows: new Map() };
    const known = { ...calm, ...standingAt(facts, now) };
    return model.signals.map((spec) => {
      const measurement = { facts: known, spec, now, today, shared };
      const measured = toMeasured(spec, read(measurement), now);
      const own = comparedWithPast.has(spec.key) ? measureOwnPast(measurement) : undefined;
      return own ? { ...measured, own } : measured;
    });
  };
}

/** Keys of the signals that are measured in earlier windows too, because a component compares them with those. */
export function findComparedWithPast({ components }: ScoringModel): ReadonlySet<string> {
  const parts = components.flatMap((component) => component.signals);
  const compared = parts.filter((part) => part.normaliser.kind === "own_baseline");
  return new Set(compared.map((part) => part.signal));
}

function read(measurement: Measurement): Reading {
  return MEASURES[measurement.spec.kind](measurement);
}

function toMeasured(spec: SignalSpec, reading: Reading, now: number): MeasuredSignal {
  const { value, observedAt, ...rest } = reading;
  if (value !== null && !Number.isFinite(value)) {
    throw new RangeError(
      `measureSignals requires finite facts, but ${spec.key} came out as ${value}`,
    );
  }
  const isStale = observedAt !== null && now - observedAt > spec.staleAfterDays * MS_PER_DAY;
  return {
    key: spec.key,
    value: isStale ? null : value,
    ...rest,
    observedAt,
    status: isStale ? "stale" : value === null ? "missing" : "ok",
  };
}

function measureOwnPast(measurement: Measurement): MeasuredSignal["own"] {
  const { facts, spec, now, today } = measurement;
  const values: number[] = [];
  for (let window = 1; window <= OWN_WINDOWS; window++) {
    const then = now - window * spec.windowDays * MS_PER_DAY;
    if (then - spec.windowDays * MS_PER_DAY < facts.createdAt) break;
    const { value } = read({
      ...onDay(measurement, today - window * spec.windowDays),
      now: then,
    });
    if (value !== null) values.push(value);
  }
  if (values.length < LEAST_OWN_WINDOWS) return undefined;
  return { mean: mean(values), sd: standardDeviation(values), windows: values.length };
}
