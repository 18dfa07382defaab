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
import { createSample, type Sample } from "./sample.ts";

/** Accounts at which a segment is half its own norm. */
const SEGMENT_STRENGTH = 30;

/** Accounts of a population that are kept; more are sampled. */
const SAMPLE_SIZE = 10_000;

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
  /** @param row - of an account that was not added before */
  add(row: NormsRow): void;
  /**
   * @param now - the moment that the rows describe, milliseconds since the Unix epoch
   * @throws {RangeError} if a signal's value is not finite
   */
  build(now: number): Norms;
}

/**
 * Collects what norms are built from, in bounded memory: of more than 10,000 accounts of one population, those with
 * the lowest hash stand for all. A quantile is then off by less than one percentile point, 95 times in 100: the
 * standard error of a share is at most ½ ÷ √10,000.
 *
 * @param model - whose signals are described
 */
export function createNormsBuilder(model: ScoringModel): NormsBuilder {
  const samples = createSamples();
  const reference = new Set(model.referenceSegments);
  let accounts = 0;
  return {
    add({ accountId, segments, signals }) {
      accounts++;
      const place = stableFraction(accountId);
      const populations = ["", ...segments.filter((segment) => reference.has(segment))];
      for (const { key, value } of signals) {
        if (value === null) continue;
        for (const segment of populations) samples.of(segment, key).add(place, value);
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

/** A sample for each segment and signal; the project's own segment is "". */
function createSamples() {
  const populations = new Map<string, Map<string, Sample>>();
  return {
    of(segment: string, signal: string): Sample {
      const bySignal = populations.get(segment) ?? new Map<string, Sample>();
      populations.set(segment, bySignal);
      const sample = bySignal.get(signal) ?? createSample(SAMPLE_SIZE);
      bySignal.set(signal, sample);
      return sample;
    },
    distribution(segment: string, signal: string): Distribution | null {
      const sample = populations.get(segment)?.get(signal);
      return sample ? { ...toDistribution(sample.values()), n: sample.size() } : null;
    },
  };
}
