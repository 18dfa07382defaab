import type { ScoringModel, SignalAudit } from "@telltale/scoring";
import type { Sql } from "../../db/client.ts";
import type { Project } from "../../projects/queries.ts";
import { auditModel } from "../audit-model.ts";
import {
  type ModelCalibration,
  type ModelEvaluation,
  toCalibration,
  toEvaluations,
} from "../evaluate-model.ts";
import { readCases } from "../read-cases.ts";

/** Days before an outcome at which a report looks; the middle one is the one to quote. */
export const REPORT_HORIZONS = [30, 60, 90] as const;
const MAIN_HORIZON = 60;
const FALSE_ALARM_BUDGET = 0.3;

/** Whether a model is right, and what would make it better. */
export interface ModelReport {
  version: string;
  /** ISO 8601. */
  madeAt: string;
  /** One for each of {@link REPORT_HORIZONS}. */
  evaluations: ModelEvaluation[];
  /** At 60 days. */
  calibration: ModelCalibration;
  audit: SignalAudit[];
}

/** Makes the whole report on a model; the cases are read once. */
export async function makeReport(
  sql: Sql,
  project: Project,
  question: {
    model: ScoringModel;
    now: number;
    onProgress?: (done: number, total: number) => void;
    /** Told of the share of the figures that is there, once all is read; else `onProgress` is. */
    onShare?: (share: number) => void;
  },
): Promise<ModelReport> {
  const { model, now, onProgress } = question;
  const horizons = REPORT_HORIZONS;
  let total = 0;
  const onRead = (done: number, all: number): void => {
    total = all;
    onProgress?.(done, all);
  };
  const read = await readCases(sql, project, {
    models: [model],
    horizons,
    now,
    onProgress: onRead,
  });
  const onShare = question.onShare ?? (() => onProgress?.(total, total));
  return {
    version: model.version,
    madeAt: new Date(now).toISOString(),
    evaluations: await toEvaluations({ model, horizons, read, onShare }),
    calibration: toCalibration({
      model,
      horizonDays: MAIN_HORIZON,
      falseAlarmBudget: FALSE_ALARM_BUDGET,
      read,
    }),
    audit: await auditModel(sql, project, { model, now, cases: read.casesOf(model, MAIN_HORIZON) }),
  };
}
