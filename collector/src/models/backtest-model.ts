import { type Backtest, backtestInSteps } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { getCurrentModel } from "../scores/current-model.ts";
import { toCaseNotes } from "./case-notes.ts";
import { storeBacktest } from "./queries.ts";
import { type CaseQuestion, readCases } from "./read-cases.ts";
import { getModelRow } from "./read-models.ts";
import { checkModel } from "./save-draft.ts";
import { takeTurns } from "./take-turns.ts";

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
  question: Pick<CaseQuestion, "now" | "onProgress"> & {
    version: string;
    horizonDays: number;
    /** Told of the share of the figures that is there, once all is read. */
    onShare?: (share: number) => void;
  },
): Promise<ModelBacktest> {
  const { version, horizonDays, now } = question;
  const horizons = [horizonDays];
  const draft = checkModel((await getModelRow(sql, project.id, version)).document);
  const current = await getCurrentModel(sql, project.id, now);
  const models = [current, draft];
  const { casesOf, notes } = await readCases(sql, project, { ...question, models, horizons });
  const published = casesOf(current, horizonDays);
  const result: ModelBacktest = {
    version,
    against: current.version,
    horizonDays,
    ...(await takeTurns(
      backtestInSteps({ published, draft: casesOf(draft, horizonDays), seed: "telltale" }),
      question.onShare,
    )),
    notes: toCaseNotes({ horizonDays, cases: published, notes }),
  };
  await storeBacktest(sql, project.id, version, JSON.stringify(result));
  return result;
}
