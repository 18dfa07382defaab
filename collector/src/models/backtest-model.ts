import { type Backtest, backtest, type ScoringModel } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { getCurrentModel } from "../scores/current-model.ts";
import { toCaseNotes } from "./case-notes.ts";
import { storeBacktest } from "./queries.ts";
import { readCases } from "./read-cases.ts";
import { getModelRow } from "./read-models.ts";
import { checkModel } from "./save-draft.ts";

/** A backtest, and against which model at which horizon. */
export interface ModelBacktest extends Backtest {
  version: string;
  against: string;
  horizonDays: number;
  /** Outcomes that could not be used, and why there is no figure, in words. */
  notes: string[];
}

/**
 * Lets a draft and the model in force judge the same history, and keeps the result with the draft.
 *
 * @throws {Problem} not-found
 */
export async function backtestModel(
  sql: Sql,
  project: Project,
  question: { version: string; horizonDays: number; now: number },
): Promise<ModelBacktest> {
  const { version, horizonDays, now } = question;
  const draft = checkModel((await getModelRow(sql, project.id, version)).document);
  const current = await getCurrentModel(sql, project.id, now);
  const casesOf = async (model: ScoringModel) => {
    const read = await readCases(sql, project, { model, horizons: [horizonDays], now });
    return { cases: read.byHorizon.get(horizonDays) ?? [], notes: read.notes };
  };
  const published = await casesOf(current);
  const { cases: draftCases } = await casesOf(draft);
  const result: ModelBacktest = {
    version,
    against: current.version,
    horizonDays,
    ...backtest({
      published: published.cases,
      draft: draftCases,
      seed: "telltale",
    }),
    notes: toCaseNotes({ horizonDays, cases: published.cases, notes: published.notes }),
  };
  await storeBacktest(sql, project.id, version, JSON.stringify(result));
  return result;
}
