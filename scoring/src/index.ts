/**
 * Explainable account health: facts → signals → norms → score → tier.
 *
 * @module
 */

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
export type {
  ComponentSignal,
  ComponentSpec,
  OverrideSpec,
  ProfileSpec,
  ScoringModel,
  TierRules,
} from "./model/model.ts";
export type { Normaliser } from "./model/normaliser.ts";
export type { Aggregate, SignalKind, SignalSpec } from "./model/signal-spec.ts";
export type { Distribution, Norms, NormsRow } from "./norms/norms.ts";
export type {
  Driver,
  ScoredAccount,
  ScoredComponent,
  ScoredSignal,
  Tier,
  TierState,
} from "./scored-account.ts";
export type { MeasuredSignal } from "./signals/measured-signal.ts";
