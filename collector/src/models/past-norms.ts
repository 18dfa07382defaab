import {
  type AccountFacts,
  createNormsBuilder,
  type Measurer,
  type Norms,
  type NormsBuilder,
  type ScoringModel,
  standingAt,
} from "@telltale/scoring";

const DAY_MS = 86_400_000;
/** Norms of the past are built for every so many days. */
const NORMS_EVERY_DAYS = 30;

/** Collects what was normal at many moments of the past, an account at a time. */
export interface PastNorms {
  /** @param measure - of the same facts */
  add(facts: AccountFacts, measure: Measurer): void;
  /** @returns the norms that were the last known at a moment of the span */
  build(): (at: number) => Norms;
}

/** @param span - first and last moment, milliseconds since the epoch */
export function createPastNorms(
  model: ScoringModel,
  span: { from: number; to: number },
): PastNorms {
  const builders = new Map<number, NormsBuilder>();
  for (let at = span.from; at <= span.to; at += NORMS_EVERY_DAYS * DAY_MS) {
    builders.set(at, createNormsBuilder(model));
  }
  return {
    add(facts, measure) {
      for (const [at, builder] of builders) {
        if (facts.createdAt > at) continue;
        const { segments } = standingAt(facts, at);
        builder.add({ accountId: facts.accountId, segments, signals: measure(at) });
      }
    },
    build() {
      const norms = [...builders].map(([at, builder]) => builder.build(at));
      return (at) => norms.findLast(({ builtAt }) => builtAt <= at) ?? (norms[0] as Norms);
    },
  };
}
