import { writeFile } from "node:fs/promises";
import { Command } from "commander";
import { evaluateModel, type ModelEvaluation } from "../models/evaluate-model.ts";
import { getModelRow } from "../models/read-models.ts";
import { FIGURE_WORDS, toFigureText } from "../models/report/figure-words.ts";
import { makeReport } from "../models/report/make-report.ts";
import { renderReport } from "../models/report/render-report.tsx";
import { getCurrentModel } from "../scores/current-model.ts";
import { readStoredModel } from "../scores/read-stored-model.ts";
import { chooseProject } from "./choose-project.ts";
import { createEvaluationProgress } from "./progress.ts";
import { readConfig, say } from "./terminal.ts";
import { toWhole } from "./to-whole.ts";
import { withDatabase } from "./with-database.ts";

interface Options {
  version?: string;
  horizons: number[];
  page?: string;
  project?: string;
  json?: true;
}

/** `telltale evaluate`: compares a model with what became of the accounts. */
export function evaluateCommand(): Command {
  return new Command("evaluate")
    .description("compare a model with the recorded outcomes, at several horizons")
    .option("--version <version>", "of the model; else the one in force")
    .option("--horizons <days>", "days before the outcome", toHorizons, [30, 60, 90])
    .option("--page <file>", "write the whole report as a page, at 30, 60 and 90 days")
    .option("--project <name>", "name or id; else the first project")
    .option("--json", "answer in JSON")
    .action((options: Options) =>
      withDatabase(readConfig(), async ({ db, sql }) => {
        const project = await chooseProject(db, options.project);
        const now = Date.now();
        const model = options.version
          ? readStoredModel((await getModelRow(sql, project.id, options.version)).document)
          : await getCurrentModel(sql, project.id, now);
        const progress = createEvaluationProgress(options);
        const question = { model, now, ...progress };
        if (options.page) {
          const report = await makeReport(sql, project, question);
          progress.stop();
          await writeFile(options.page, renderReport(report, { projectName: project.name }));
          return say(options.json ? JSON.stringify(report) : `The report is in ${options.page}.`);
        }
        const { horizons } = options;
        const evaluations = await evaluateModel(sql, project, { ...question, horizons });
        progress.stop();
        if (options.json) return say(JSON.stringify(evaluations));
        for (const one of evaluations) print(one);
      }),
    );
}

function toHorizons(text: string): number[] {
  return text.split(",").map(toWhole(1, 365));
}

function print({ version, horizonDays, evaluation, notes }: ModelEvaluation): void {
  const { n, churned, flagged } = evaluation.outcomes;
  say(
    `\n${version}, ${horizonDays} days before ${n} outcomes, ${churned} churned, ${flagged} flagged`,
  );
  for (const { key, word, meaning, unit } of FIGURE_WORDS) {
    say(
      `  ${word.padEnd(28)} ${toFigureText(evaluation.overall[key], unit).padEnd(26)} ${meaning}`,
    );
  }
  for (const note of notes) say(`  Note: ${note}`);
}
