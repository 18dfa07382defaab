/**
 * Explainable account health: facts → signals → norms → score → tier, and whether it holds.
 *
 * @module
 */

export {
  type ChurnMapping,
  fitIsotonicChurn,
  fitPlatt,
  toChurnProbability,
} from "./calibrate/churn-probability.ts";
export {
  suggestThresholds,
  type ThresholdPoint,
  type ThresholdSuggestion,
} from "./calibrate/suggest-thresholds.ts";
export {
  type SuggestWeightsInput,
  suggestWeights,
  type WeightSuggestion,
} from "./calibrate/suggest-weights.ts";
export { type AuditInput, auditSignals, type SignalAudit } from "./evaluate/audit-signals.ts";
export { type CalibrationBin, calibrationCurve } from "./evaluate/calibration-curve.ts";
export {
  type EvaluateInput,
  type Evaluation,
  type EvaluationFigures,
  evaluate,
  evaluateInSteps,
} from "./evaluate/evaluate.ts";
export {
  type CaseInput,
  type EvaluationCase,
  isFlag,
  judgeCase,
  toEvaluationCase,
} from "./evaluate/evaluation-case.ts";
export {
  assessFairness,
  assessFairnessInSteps,
  type FairnessInput,
  type Gap,
  type SegmentFairness,
} from "./evaluate/fairness.ts";
export {
  assessFeatureImpact,
  type FeatureImpact,
  type FeatureImpactInput,
  factsWithoutFeature,
  type ImpactAccount,
  type ImpactFigure,
  modelWithoutFeature,
} from "./evaluate/feature-impact.ts";
export type { Figure } from "./evaluate/figure.ts";
export {
  type FlaggedSpell,
  type InterventionSuccess,
  interventionSuccess,
  type SuccessFigure,
} from "./evaluate/intervention-success.ts";
export {
  countTierChanges,
  createReplayer,
  flaggedSince,
  type MeasuredMoment,
  measureMoments,
  type ReplayedTier,
  type Replayer,
  type ReplayInput,
  type ReplaySpan,
  replayTiers,
} from "./evaluate/replay-tiers.ts";
export {
  type ChangeExplanation,
  type ChangeKind,
  type ChangePart,
  type ChangePoint,
  explainChange,
} from "./explain/explain-change.ts";
export type {
  AccountFacts,
  AccountStanding,
  FrictionRow,
  MilestoneRow,
  ObservationRow,
  PromptRow,
  ResponseKind,
  ResponseRow,
  TaskRow,
  UsageRow,
  VitalRow,
} from "./facts.ts";
export { factsAsOf, standingAt } from "./facts.ts";
export { DEFAULT_MODEL } from "./model/default-model.ts";
export { diffModels, type ModelDifference } from "./model/diff-models.ts";
export type { ModelFault } from "./model/faults.ts";
export { type LintRemark, lintModel } from "./model/lint-model.ts";
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
export { SIGNAL_KINDS } from "./model/signal-spec.ts";
export { MODEL_TEMPLATES } from "./model/templates.ts";
export {
  type BuildNormsInput,
  buildNorms,
  createNormsBuilder,
  type NormsBuilder,
  priorNorms,
} from "./norms/build-norms.ts";
export type { Distribution, Norms, NormsRow } from "./norms/norms.ts";
export type { Outcome, OutcomeKind } from "./outcome.ts";
export {
  type DetectOutagesInput,
  detectOutages,
  type SourceDay,
  type SourceVerdict,
} from "./quality/detect-outages.ts";
export { findSpikes, SPIKE_HISTORY_DAYS, type Spike } from "./quality/spikes.ts";
export {
  type ReleaseFinding,
  type ReleaseMove,
  usageMove,
  type WatchReleaseInput,
  watchRelease,
} from "./quality/watch-release.ts";
export { type AdvanceTierInput, advanceTier } from "./score/advance-tier.ts";
export type { SignalColumn } from "./score/column-block.ts";
export { quantileOf } from "./score/normalise.ts";
export { type ChildScore, type RolledUp, rollUp } from "./score/roll-up.ts";
export {
  type AccountSignals,
  createScorer,
  type Scorer,
  scoreAccount,
} from "./score/score-account.ts";
export {
  type ColumnScores,
  type ScoreColumnsInput,
  scoreColumns,
  TIER_CODES,
} from "./score/score-columns.ts";
export { toQuantity } from "./score/sentence.ts";
export type {
  Driver,
  ScoredAccount,
  ScoredComponent,
  ScoredSignal,
  Tier,
  TierState,
} from "./scored-account.ts";
export {
  createMeasurer,
  findComparedWithPast,
  type MeasureInput,
  type Measurer,
  measureSignals,
} from "./signals/measure-signals.ts";
export type { MeasuredSignal } from "./signals/measured-signal.ts";
export { churnProbability } from "./simulate/hazard.ts";
export type { Archetype } from "./simulate/life.ts";
export {
  type SimulatedAccount,
  type SimulateInput,
  simulateBook,
} from "./simulate/simulate-book.ts";
export { stableHash } from "./stable-hash.ts";
export {
  fitLogistic,
  type LogisticFit,
  type LogisticInput,
  logisticProbability,
} from "./stats/logistic.ts";
export { createRandom, type Random } from "./stats/random.ts";
export { areaUnderCurve, type Labelled } from "./stats/ranking.ts";
export { asPart, type Steps } from "./stats/steps.ts";
export {
  type Backtest,
  type BacktestInput,
  backtest,
  backtestInSteps,
  type DecidingFigure,
  type FigureDifference,
} from "./try/backtest.ts";
export {
  type ComparedScore,
  compareScores,
  type ScoreComparison,
  type TierMove,
} from "./try/compare-scores.ts";
export {
  assignVariant,
  compareVariants,
  requiredSampleSize,
  type SampleSizeInput,
  type Variant,
  type VariantCount,
  type VariantResult,
} from "./try/experiment.ts";
export {
  type Assumption,
  createScenario,
  type Scenario,
  type ScenarioAccount,
  type ScenarioInput,
  type ScenarioResult,
  type SignalChange,
} from "./try/scenario.ts";
