/**
 * Explainable account health: facts → signals → norms → score → tier.
 *
 * @module
 */

export { decayedTotal, decayWeight } from "./decay.ts";
export type {
  AccountFacts,
  FrictionRow,
  MilestoneRow,
  ObservationRow,
  PromptRow,
  ResponseKind,
  ResponseRow,
  SessionRow,
  TaskRow,
  UsageRow,
  VitalRow,
} from "./facts.ts";
export { dayOf, factsAsOf, MS_PER_DAY } from "./facts.ts";
export { DEFAULT_MODEL, DEFAULT_TIERS } from "./model/default-model.ts";
export type { ModelFault } from "./model/faults.ts";
export type {
  ComponentSignal,
  ComponentSpec,
  OverrideSpec,
  ProfileSpec,
  ScoringModel,
  TierRules,
} from "./model/model.ts";
export type { Normaliser } from "./model/normaliser.ts";
export { ModelError, parseModel } from "./model/parse-model.ts";
export type { Aggregate, SignalKind, SignalSpec } from "./model/signal-spec.ts";
export { buildNorms, priorNorms } from "./norms/build-norms.ts";
export type { Distribution, Norms, NormsRow } from "./norms/norms.ts";
export { advanceTier } from "./score/advance-tier.ts";
export { p90Exponential } from "./score/normalise.ts";
export type { AccountSignals } from "./score/score-account.ts";
export { createScorer, type Scorer, scoreAccount, tierOf } from "./score/score-account.ts";
export type {
  Driver,
  ScoredAccount,
  ScoredComponent,
  ScoredSignal,
  Tier,
  TierState,
} from "./scored-account.ts";
export { measureSignals } from "./signals/measure-signals.ts";
export type { MeasuredSignal } from "./signals/measured-signal.ts";
export {
  type SimulatedAccount,
  type SimulateInput,
  simulateBook,
} from "./simulate/simulate-book.ts";
export { stableHash } from "./stable-hash.ts";
