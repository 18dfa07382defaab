import {
  type AccountFacts,
  createNormsBuilder,
  type Measurer,
  type Norms,
  type ScoringModel,
  standingAt,
} from "@telltale/scoring";

const DAY_MS = 86_400_000;
/** Norms of the past are built for every so many days. */
const NORMS_EVERY_DAYS = 30;

/** The norms that were the last known at a moment. */
export type NormsAt = (at: number) => Norms;

/** Collects what was normal at many moments of the past, an account at a time. */
export interface PastNorms {
  /** @param measure - of the same facts */
  add(facts: AccountFacts, measure: Measurer): void;
  /** @returns for each of the models, in their order */
  build(): NormsAt[];
}

/**
 * @param models - one or more that measure the same signals
 * @param span - first and last moment, milliseconds since the epoch
 */
export function createPastNorms(
  models: readonly ScoringModel[],
  span: { from: number; to: number },
): PastNorms {
  const moments: number[] = [];
  for (let at = span.from; at <= span.to; at += NORMS_EVERY_DAYS * DAY_MS) moments.push(at);
  const months = moments.map((at) => ({ at, builders: models.map(createNormsBuilder) }));
  return {
    add(facts, measure) {
      const { accountId, createdAt } = facts;
      for (const { at, builders } of months) {
        if (createdAt > at) continue;
        const { segments } = standingAt(facts, at);
        const row = { accountId, segments, signals: measure(at) };
        for (const builder of builders) builder.add(row);
      }
    },
    build() {
      return models.map((_, i) => {
        const norms = months.flatMap(({ at, builders }) => builders[i]?.build(at) ?? []);
        return (at) => norms.findLast(({ builtAt }) => builtAt <= at) ?? (norms[0] as Norms);
      });
    },
  };
}
