/**
 * Signals of all accounts → norms.
 *
 * @module
 */

import { toCivilDate } from "../civil-date.ts";
import { dayOf } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import { stableFraction, stableHash } from "../stable-hash.ts";
import { blend, toDistribution } from "./distribution.ts";
import type { Distribution, Norms, NormsRow } from "./norms.ts";
import { PRIOR_ACCOUNTS, priorDistribution } from "./prior.ts";

/** Accounts at which a segment is half its own norm. */
const SEGMENT_STRENGTH = 30;

/** Accounts of a population that are kept; more are sampled. */
const SAMPLE_SIZE = 20_000;

/** What {@link buildNorms} looks at. */
export interface BuildNormsInput {
  /** One row per account, in any order; read once. */
  rows: Iterable<NormsRow>;
  model: ScoringModel;
  /** Milliseconds since the Unix epoch. */
  now: number;
}

/**
 * Builds the norms of a project, from the signals that were measured.
 *
 * @returns what {@link createNormsBuilder} makes of the same rows, whatever their order
 * @throws {RangeError} if a signal's value is not finite
 */
export function buildNorms({ rows, model, now }: BuildNormsInput): Norms {
  const builder = createNormsBuilder(model);
  for (const row of rows) builder.add(row);
  return builder.build(now);
}

/** Takes accounts one by one, as they come from a cursor. */
export interface NormsBuilder {
  add(row: NormsRow): void;
  /**
   * @param now - the moment that the rows describe, milliseconds since the Unix epoch
   * @throws {RangeError} if a signal's value is not finite
   */
  build(now: number): Norms;
}

/**
 * Collects what norms are built from, in bounded memory: of more than 20,000 accounts of one population, those with
 * the lowest hash stand for all (a quantile is then off by less than 0.8 percentile points, 95 times in 100).
 *
 * @param model - whose signals are described
 */
export function createNormsBuilder(model: ScoringModel): NormsBuilder {
  const samples = createSamples(SAMPLE_SIZE);
  const reference = new Set(model.referenceSegments);
  let accounts = 0;
  return {
    add({ accountId, segments, signals }) {
      accounts++;
      for (const { key, value } of signals) {
        if (value === null) continue;
        samples.add("", key, accountId, value);
        for (const segment of segments) {
          if (reference.has(segment)) samples.add(segment, key, accountId, value);
        }
      }
    },
    build(now) {
      const content = { builtAt: now, modelVersion: model.version, accounts };
      const described = { ...content, ...describe(model, samples) };
      const version = `${toCivilDate(dayOf(now))}.${stableHash(JSON.stringify(described)).slice(0, 8)}`;
      return { version, ...described };
    },
  };
}

function describe(model: ScoringModel, samples: Samples): Pick<Norms, "project" | "segments"> {
  const project: Record<string, Distribution> = {};
  const segments: Record<string, Record<string, Distribution>> = {};
  for (const spec of model.signals) {
    const prior = priorDistribution(spec);
    const own = samples.distribution("", spec.key);
    const blended = own && prior ? blend(own, prior, PRIOR_ACCOUNTS) : (own ?? prior);
    if (!blended) continue;
    project[spec.key] = blended;
    for (const segment of model.referenceSegments) {
      const part = samples.distribution(segment, spec.key);
      if (!part) continue;
      segments[segment] ??= {};
      segments[segment][spec.key] = blend(part, blended, SEGMENT_STRENGTH);
    }
  }
  return { project, segments };
}

/**
 * Norms of a project without accounts: the priors alone.
 *
 * @param model - whose signals they describe
 * @param now - milliseconds since the Unix epoch
 */
export function priorNorms(model: ScoringModel, now: number): Norms {
  return buildNorms({ rows: [], model, now });
}

type Samples = ReturnType<typeof createSamples>;

interface Sample {
  values: Map<string, { place: number | null; value: number }>;
  size: number;
}

function createSamples(limit: number) {
  const populations = new Map<string, Sample>();
  return {
    add(segment: string, signal: string, accountId: string, value: number): void {
      const key = JSON.stringify([segment, signal]);
      let sample = populations.get(key);
      if (!sample) {
        sample = { values: new Map(), size: 0 };
        populations.set(key, sample);
      }
      sample.size++;
      sample.values.set(accountId, { place: null, value });
      if (sample.values.size >= 2 * limit) keepLowest(sample, limit);
    },
    distribution(segment: string, signal: string): Distribution | null {
      const sample = populations.get(JSON.stringify([segment, signal]));
      if (!sample) return null;
      if (sample.values.size > limit) keepLowest(sample, limit);
      const values = [...sample.values.values()].map((entry) => entry.value);
      return { ...toDistribution(values), n: sample.size };
    },
  };
}

function keepLowest(sample: Sample, limit: number): void {
  const placed = [...sample.values].map(([accountId, { place, value }]) => ({
    accountId,
    place: place ?? stableFraction(accountId),
    value,
  }));
  placed.sort((a, b) => a.place - b.place || (a.accountId < b.accountId ? -1 : 1));
  sample.values = new Map(
    placed.slice(0, limit).map(({ accountId, place, value }) => [accountId, { place, value }]),
  );
}
