import type { Tier } from "@telltale/protocol";
import type { ComponentValuesRow } from "./queries.ts";

/** Weights and bounds that somebody tries out. */
export interface TrialWeights {
  /** By component key, any unit: they are divided by their sum. */
  weights: ReadonlyMap<string, number>;
  healthyFrom: number;
  criticalBelow: number;
}

/** An account that would be in another tier. */
export interface PreviewMove {
  accountId: string;
  name: string | null;
  from: Tier;
  to: Tier;
  score: number;
  next: number;
}

/** What would become of the book. */
export interface WeightsPreview {
  accounts: number;
  before: Record<Tier, number>;
  after: Record<Tier, number>;
  /** Largest moves first. */
  moves: PreviewMove[];
}

/**
 * Weighs the newest component values anew. Caps and floors that applied to an account stay where
 * they were; signals, normalisers and the notice period are as they are.
 */
export function previewWeights(
  rows: readonly ComponentValuesRow[],
  trial: TrialWeights,
): WeightsPreview {
  const before = { healthy: 0, at_risk: 0, critical: 0, unknown: 0 };
  const after = { healthy: 0, at_risk: 0, critical: 0, unknown: 0 };
  const moves: PreviewMove[] = [];
  for (const row of rows) {
    const next = weigh(row, trial.weights);
    const to = next === null ? "unknown" : tierOf(next, trial);
    before[row.tier] += 1;
    after[to] += 1;
    if (to !== row.tier) {
      moves.push({
        accountId: row.accountId,
        name: row.name,
        from: row.tier,
        to,
        score: row.score,
        next: next ?? 0,
      });
    }
  }
  moves.sort((a, b) => Math.abs(b.next - b.score) - Math.abs(a.next - a.score));
  return { accounts: rows.length, before, after, moves };
}

function weigh(row: ComponentValuesRow, weights: ReadonlyMap<string, number>): number | null {
  let sum = 0;
  let total = 0;
  for (const [key, value] of Object.entries(row.values)) {
    const weight = weights.get(key) ?? 0;
    sum += weight * value;
    total += weight;
  }
  if (total === 0) return null;
  const plain = sum / total;
  if (row.override < 0) return Math.min(plain, row.score);
  return row.override > 0 ? Math.max(plain, row.score) : plain;
}

function tierOf(score: number, { healthyFrom, criticalBelow }: TrialWeights): Tier {
  if (score >= healthyFrom) return "healthy";
  return score < criticalBelow ? "critical" : "at_risk";
}
