/**
 * The same scores for many accounts at once, from columns of numbers.
 *
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";
import { createBlock, normaliseBlock, type SignalColumn, weighBlock } from "./column-block.ts";
import type { CompiledModel } from "./compile-model.ts";

/** Tiers as they are numbered in {@link ColumnScores}. */
export const TIER_CODES = ["unknown", "critical", "at_risk", "healthy"] as const;

/** Scores of many accounts, each at the same place in every list. */
export interface ColumnScores {
  /** 0–100; NaN where the account is `unknown`. */
  scores: Float64Array;
  /** Places in {@link TIER_CODES}. */
  tiers: Uint8Array;
  /** 0–1. */
  coverages: Float64Array;
  /** What the contributions start from; NaN where the account is `unknown`. */
  baselines: Float64Array;
  /** In points, one column per component in the order of the model; 0 where missing. */
  contributions: Float64Array[];
  /** In points, what overrides add; with the contributions and the baseline it makes the score. */
  overrides: Float64Array;
  /** Components of the three largest contributions, largest first, account by account; 255 where there are fewer. */
  topDrivers: Uint8Array;
}

/** What {@link scoreColumns} looks at. */
export interface ScoreColumnsInput {
  /** Of one profile and reference segment, from `createScorer(…).compiledFor(…)`. */
  compiled: CompiledModel;
  /** By signal key; a signal without a column is missing for all. */
  columns: Readonly<Record<string, SignalColumn>>;
  /** When each became an account, in milliseconds since the Unix epoch. */
  createdAt: Float64Array;
  /** Milliseconds since the Unix epoch. */
  now: number;
}

const TOP = 3;

/** Accounts that are worked on together, so that their columns stay in the cache. */
const BLOCK = 1024;

/**
 * Scores many accounts. The numbers are the same, to the bit, as those of `scoreAccount`.
 *
 * @throws {RangeError} if columns differ in length
 */
export function scoreColumns(input: ScoreColumnsInput): ColumnScores {
  const { compiled, columns, createdAt } = input;
  const n = createdAt.length;
  for (const [key, { values }] of Object.entries(columns)) {
    if (values.length === n) continue;
    throw new RangeError(`scoreColumns requires ${n} values of ${key}, got ${values.length}`);
  }
  const result: ColumnScores = {
    scores: new Float64Array(n),
    tiers: new Uint8Array(n),
    coverages: new Float64Array(n),
    baselines: new Float64Array(n),
    contributions: compiled.components.map(() => new Float64Array(n)),
    overrides: new Float64Array(n),
    topDrivers: new Uint8Array(TOP * n),
  };
  const blocks = compiled.components.map(({ parts }) => createBlock(parts.length, BLOCK));
  for (let from = 0; from < n; from += BLOCK) {
    const count = Math.min(BLOCK, n - from);
    compiled.components.forEach(({ parts }, c) => {
      const block = blocks[c] as ReturnType<typeof createBlock>;
      parts.forEach((part, p) => {
        const target = block.normalized[p] as Float64Array;
        normaliseBlock(target, part, { column: columns[part.spec.key], from, count });
      });
      weighBlock(block, parts, count);
    });
    combineBlock(input, blocks, { result, from, count });
    pickDrivers(result, from, count);
  }
  return result;
}

type Blocks = readonly ReturnType<typeof createBlock>[];

interface Span {
  result: ColumnScores;
  from: number;
  count: number;
}

/** Components → score and tier, in the same order of additions as `toComposite`. */
function combineBlock(
  { compiled, columns, createdAt, now }: ScoreColumnsInput,
  blocks: Blocks,
  { result, from, count }: Span,
): void {
  const { model, components, overrides } = compiled;
  const weights = Float64Array.from(components, (component) => component.weight);
  const { healthyFrom, criticalBelow } = model.tiers;
  const youngest = model.minAgeDays * MS_PER_DAY;
  const { scores, tiers, coverages, baselines, contributions } = result;
  for (let i = 0; i < count; i++) {
    let coverage = 0;
    let present = 0;
    for (let c = 0; c < weights.length; c++) {
      const share = (blocks[c] as Blocks[number]).present[i] as number;
      coverage += (weights[c] as number) * share;
      if (share > 0) present += weights[c] as number;
    }
    let value = 0;
    let baseline = 0;
    for (let c = 0; c < weights.length; c++) {
      const block = blocks[c] as Blocks[number];
      const isKnown = (block.present[i] as number) > 0 && present > 0;
      const share = isKnown ? (weights[c] as number) / present : 0;
      const own = block.value[i] as number;
      const usual = block.baseline[i] as number;
      value += share * own;
      baseline += share * usual;
      (contributions[c] as Float64Array)[from + i] = share * (own - usual);
    }
    coverage = Math.min(1, coverage);
    coverages[from + i] = coverage;
    const isUnknown =
      present === 0 ||
      coverage < model.minCoverage ||
      now - (createdAt[from + i] as number) < youngest;
    let score = value;
    if (overrides.length > 0) {
      for (const override of overrides) {
        const looked = lookUp(compiled, columns, { blocks, override, from, i });
        const { is, bound } = override.when;
        if (!(is === "below" ? looked < bound : looked > bound)) continue;
        if (override.cap !== undefined) score = Math.min(score, override.cap);
        if (override.floor !== undefined) score = Math.max(score, override.floor);
      }
      result.overrides[from + i] = isUnknown ? 0 : score - value;
    }
    scores[from + i] = isUnknown ? Number.NaN : score;
    baselines[from + i] = isUnknown ? Number.NaN : baseline;
    tiers[from + i] = isUnknown ? 0 : score >= healthyFrom ? 3 : score < criticalBelow ? 1 : 2;
  }
}

/** What an override looks at for one account; NaN, which is neither below nor above, where it is missing. */
function lookUp(
  { components }: CompiledModel,
  columns: ScoreColumnsInput["columns"],
  at: {
    blocks: Blocks;
    override: CompiledModel["overrides"][number];
    from: number;
    i: number;
  },
): number {
  const { signal, measure } = at.override.when;
  for (let c = 0; c < components.length; c++) {
    const { parts } = components[c] as CompiledModel["components"][number];
    for (let p = 0; p < parts.length; p++) {
      if (parts[p]?.spec.key !== signal) continue;
      const normalized = at.blocks[c]?.normalized[p]?.[at.i] as number;
      if (Number.isNaN(normalized)) continue;
      return measure === "normalized"
        ? normalized
        : (columns[signal]?.values[at.from + at.i] as number);
    }
  }
  return Number.NaN;
}

/** The components of the largest contributions; those of no points do not count. */
function pickDrivers(
  { contributions, topDrivers }: ColumnScores,
  from: number,
  count: number,
): void {
  for (let i = from; i < from + count; i++) {
    let first = 255;
    let second = 255;
    let third = 255;
    let a = 0;
    let b = 0;
    let d = 0;
    for (let c = 0; c < contributions.length; c++) {
      const points = Math.abs((contributions[c] as Float64Array)[i] as number);
      if (points <= d) continue;
      if (points > a) {
        third = second;
        d = b;
        second = first;
        b = a;
        first = c;
        a = points;
      } else if (points > b) {
        third = second;
        d = b;
        second = c;
        b = points;
      } else {
        third = c;
        d = points;
      }
    }
    topDrivers[TOP * i] = first;
    topDrivers[TOP * i + 1] = second;
    topDrivers[TOP * i + 2] = third;
  }
}
