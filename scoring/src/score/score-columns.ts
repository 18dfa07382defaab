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

/**
 * Scores of many accounts, each at the same place in every list. Contributions and drivers of an `unknown` account are
 * those of the little that is known of it; `scoreAccount` tells none.
 */
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
 * @throws {RangeError} if a column has not one value per account
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
  const blocks = compiled.components.map(({ parts }) => createBlock(parts, Math.min(BLOCK, n)));
  for (let from = 0; from < n; from += BLOCK) {
    const count = Math.min(BLOCK, n - from);
    compiled.components.forEach(({ parts }, c) => {
      const block = blocks[c] as ReturnType<typeof createBlock>;
      parts.forEach((part, p) => {
        const target = block.normalized[p] as Float64Array;
        normaliseBlock(target, part, { column: columns[part.spec.key], from, count });
      });
      weighBlock(block, parts);
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
  const { scores, tiers, coverages, baselines, contributions } = result;
  const known = new Float64Array(count);
  const part = {
    coverages: coverages.subarray(from, from + count),
    scores: scores.subarray(from, from + count),
    baselines: baselines.subarray(from, from + count),
  };
  components.forEach(({ weight }, c) => {
    addPresence(weight, (blocks[c] as Blocks[number]).present, part.coverages, known);
  });
  components.forEach(({ weight }, c) => {
    const points = (contributions[c] as Float64Array).subarray(from, from + count);
    addComponent(weight, blocks[c] as Blocks[number], { ...part, known, points });
  });
  const { healthyFrom, criticalBelow } = model.tiers;
  const youngest = model.minAgeDays * MS_PER_DAY;
  for (let i = 0; i < count; i++) {
    const at = from + i;
    const coverage = Math.min(1, coverages[at] as number);
    coverages[at] = coverage;
    const isYoung = now - (createdAt[at] as number) < youngest;
    if (known[i] === 0 || coverage < model.minCoverage || isYoung) {
      scores[at] = Number.NaN;
      baselines[at] = Number.NaN;
      continue;
    }
    const plain = scores[at] as number;
    let score = plain;
    for (const override of overrides) {
      const looked = lookUp(compiled, columns, { blocks, override, from, i });
      const { is, bound } = override.when;
      if (!(is === "below" ? looked < bound : looked > bound)) continue;
      if (override.cap !== undefined) score = Math.min(score, override.cap);
      if (override.floor !== undefined) score = Math.max(score, override.floor);
    }
    scores[at] = score;
    result.overrides[at] = score - plain;
    tiers[at] = score >= healthyFrom ? 3 : score < criticalBelow ? 1 : 2;
  }
}

// The loops below are functions of their own, with nothing from around them, so that the compiler keeps them tight.

function addPresence(
  weight: number,
  ...[present, coverages, known]: [Float64Array, Float64Array, Float64Array]
): void {
  for (let i = 0; i < known.length; i++) {
    const share = present[i] as number;
    coverages[i] = (coverages[i] as number) + weight * share;
    if (share > 0) known[i] = (known[i] as number) + weight;
  }
}

function addComponent(
  weight: number,
  { value, baseline }: Blocks[number],
  {
    known,
    scores,
    baselines,
    points,
  }: Record<"known" | "scores" | "baselines" | "points", Float64Array>,
): void {
  for (let i = 0; i < known.length; i++) {
    const own = value[i] as number;
    if (Number.isNaN(own) || (known[i] as number) === 0) continue;
    const share = weight / (known[i] as number);
    const usual = baseline[i] as number;
    scores[i] = (scores[i] as number) + share * own;
    baselines[i] = (baselines[i] as number) + share * usual;
    points[i] = share * (own - usual);
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
  const found = {
    first: new Float64Array(count),
    second: new Float64Array(count),
    third: new Float64Array(count),
    places: topDrivers.subarray(TOP * from, TOP * (from + count)).fill(255),
  };
  contributions.forEach((column, c) => {
    keepLargest(c, column.subarray(from, from + count), found);
  });
}

function keepLargest(
  c: number,
  column: Float64Array,
  found: Record<"first" | "second" | "third", Float64Array> & { places: Uint8Array },
): void {
  const { first, second, third, places } = found;
  for (let i = 0; i < column.length; i++) {
    const points = Math.abs(column[i] as number);
    if (points <= (third[i] as number)) continue;
    const at = TOP * i;
    if (points <= (second[i] as number)) {
      third[i] = points;
      places[at + 2] = c;
      continue;
    }
    third[i] = second[i] as number;
    places[at + 2] = places[at + 1] as number;
    if (points <= (first[i] as number)) {
      second[i] = points;
      places[at + 1] = c;
      continue;
    }
    second[i] = first[i] as number;
    places[at + 1] = places[at] as number;
    first[i] = points;
    places[at] = c;
  }
}
