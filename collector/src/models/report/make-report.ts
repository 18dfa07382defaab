import type { ScoringModel, SignalAudit } from "@telltale/scoring";
import type { Sql } from "../../db/client.ts";
import type { Project } from "../../projects/queries.ts";
import { auditModel } from "../audit-model.ts";
import {
  type ModelCalibration,
  type ModelEvaluation,
  toCalibration,
  toEvaluation,
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
  },
): Promise<ModelReport> {
  const { model, now } = question;
  const asked = { ...question, models: [model], horizons: REPORT_HORIZONS };
  const read = await readCases(sql, project, asked);
  return {
    version: model.version,
    madeAt: new Date(now).toISOString(),
    evaluations: REPORT_HORIZONS.map((horizonDays) => toEvaluation(model, horizonDays, read)),
    calibration: toCalibration({
      model,
      horizonDays: MAIN_HORIZON,
      falseAlarmBudget: FALSE_ALARM_BUDGET,
      read,
    }),
    audit: await auditModel(sql, project, { model, now, cases: read.casesOf(model, MAIN_HORIZON) }),
  };
}
