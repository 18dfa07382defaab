import {
  asPart,
  assessFairnessInSteps,
  type Evaluation,
  type EvaluationCase,
  evaluateInSteps,
  fitIsotonicChurn,
  fitPlatt,
  type ScoringModel,
  type SegmentFairness,
  type Steps,
  suggestThresholds,
  suggestWeights,
  type ThresholdSuggestion,
  toChurnProbability,
  type WeightSuggestion,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { toCaseNotes } from "./case-notes.ts";
import { type CaseQuestion, type CaseSet, readCases } from "./read-cases.ts";
import { takeTurns } from "./take-turns.ts";

/** The same seed gives the same intervals and folds. */
const SEED = "telltale";

/** How a model did at one horizon. */
export interface ModelEvaluation {
  version: string;
  horizonDays: number;
  evaluation: Evaluation;
  fairness: SegmentFairness[];
  /** Outcomes that could not be used, and why there is no figure, in words. */
  notes: string[];
}

/** What would do better; nothing changes by itself. */
export interface ModelCalibration {
  version: string;
  horizonDays: number;
  weights: WeightSuggestion;
  thresholds: ThresholdSuggestion;
  /** Score → probability of churn, by both mappings; null with too few outcomes. */
  churnProbability: { score: number; platt: number | null; isotonic: number | null }[] | null;
  /** As in {@link ModelEvaluation}. */
  notes: string[];
}

/**
 * Compares a model with what became of the accounts, at each horizon.
 *
 * @param question - `onShare` is told of the share of the figures that is there, once all is read
 */
export async function evaluateModel(
  sql: Sql,
  project: Project,
  question: Omit<CaseQuestion, "models"> & { model: ScoringModel } & Shared,
): Promise<ModelEvaluation[]> {
  const read = await readCases(sql, project, { ...question, models: [question.model] });
  return toEvaluations({ ...question, read });
}

/** {@link evaluateModel} for cases that are there already. */
export async function toEvaluations({
  model,
  horizons,
  read,
  onShare = () => {},
}: Pick<CaseQuestion, "horizons"> & Shared & { model: ScoringModel; read: CaseSet }): Promise<
  ModelEvaluation[]
> {
  const evaluations: ModelEvaluation[] = [];
  for (const [place, horizonDays] of horizons.entries()) {
    const evaluated = asPart(evaluateCases(model, horizonDays, read), place, horizons.length);
    evaluations.push(await takeTurns(evaluated, onShare));
  }
  return evaluations;
}

interface Shared {
  onShare?: ((share: number) => void) | undefined;
}

/** What cases say of the model that judged them. */
function* evaluateCases(
  model: ScoringModel,
  horizonDays: number,
  read: CaseSet,
): Steps<ModelEvaluation> {
  const cases = read.casesOf(model, horizonDays);
  const notes = toCaseNotes({ horizonDays, cases, notes: read.notes });
  const platt = fitPlatt(cases);
  const probabilityOf = platt && ((score: number) => toChurnProbability(platt, score));
  const asked = { cases, seed: SEED, ...(probabilityOf && { probabilityOf }) };
  const evaluation = yield* asPart(evaluateInSteps(asked), 0, 2);
  const fairness = yield* asPart(assessFairnessInSteps({ cases, seed: SEED }), 1, 2);
  return { version: model.version, horizonDays, evaluation, fairness, notes };
}

/** Suggests weights and thresholds, and maps scores to probabilities. A person decides. */
export async function calibrateModel(
  sql: Sql,
  project: Project,
  question: { model: ScoringModel; now: number; horizonDays: number; falseAlarmBudget: number },
): Promise<ModelCalibration> {
  const { model, now, horizonDays } = question;
  const read = await readCases(sql, project, { models: [model], horizons: [horizonDays], now });
  return toCalibration({ ...question, read });
}

/** {@link calibrateModel} for cases that are there already. */
export function toCalibration(given: {
  model: ScoringModel;
  horizonDays: number;
  falseAlarmBudget: number;
  read: CaseSet;
}): ModelCalibration {
  const { model, horizonDays, falseAlarmBudget, read } = given;
  const cases = read.casesOf(model, horizonDays);
  return {
    version: model.version,
    horizonDays,
    weights: suggestWeights({ cases, model, seed: SEED }),
    thresholds: suggestThresholds(cases, falseAlarmBudget),
    churnProbability: toProbabilities(cases),
    notes: toCaseNotes({ horizonDays, cases, notes: read.notes }),
  };
}

function toProbabilities(cases: EvaluationCase[]): ModelCalibration["churnProbability"] {
  const platt = fitPlatt(cases);
  const isotonic = fitIsotonicChurn(cases);
  if (!platt && !isotonic) return null;
  return Array.from({ length: 21 }, (_, step) => ({
    score: step * 5,
    platt: platt && toChurnProbability(platt, step * 5),
    isotonic: isotonic && toChurnProbability(isotonic, step * 5),
  }));
}
