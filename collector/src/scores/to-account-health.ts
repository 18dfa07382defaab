import type { AccountHealth, HealthComponent } from "@telltale/protocol";
import type { ScoredAccount, ScoredComponent, TierState } from "@telltale/scoring";

const toIso = (ms: number): string => new Date(ms).toISOString();

function toHealthComponent(component: ScoredComponent): HealthComponent {
  return {
    key: component.key,
    label: component.label,
    value: component.value,
    weight: component.weight,
    effectiveWeight: component.effectiveWeight,
    signals: component.signals.map((signal) => ({
      key: signal.key,
      label: signal.label,
      value: signal.value,
      unit: signal.unit,
      sampleSize: signal.sampleSize,
      observedAt: signal.observedAt === null ? null : toIso(signal.observedAt),
      status: signal.status,
      normalized: signal.normalized,
    })),
  };
}

interface Standing {
  tierState: TierState;
  sequence: number;
  earlier: { days7: number | null; days30: number | null };
}

const changeFrom = (before: number | null, now: number | null): number | null =>
  before === null || now === null ? null : now - before;

/** The engine's result and the account's standing, in the words of the REST interface. */
export function toAccountHealth(scored: ScoredAccount, standing: Standing): AccountHealth {
  const { tierState, sequence, earlier } = standing;
  return {
    accountId: scored.accountId,
    score: scored.score,
    // Without a number there is no tier, whatever was confirmed before.
    tier: scored.score === null ? "unknown" : tierState.tier,
    ...(tierState.pendingTier !== null && { pendingTier: tierState.pendingTier }),
    confidence: scored.confidence,
    coverage: scored.coverage,
    band: scored.band,
    baseline: scored.baseline,
    asOf: toIso(scored.at),
    modelVersion: scored.modelVersion,
    normsVersion: scored.normsVersion,
    components: scored.components.map(toHealthComponent),
    drivers: scored.drivers.map((driver) => ({ ...driver })),
    change: {
      days7: changeFrom(earlier.days7, scored.score),
      days30: changeFrom(earlier.days30, scored.score),
    },
    sequence,
  };
}
