import type { EvaluationFigures } from "@telltale/scoring";
import { Command } from "commander";
import { evaluateModel, type ModelEvaluation } from "../models/evaluate-model.ts";
import { getModelRow } from "../models/read-models.ts";
import { checkModel } from "../models/save-draft.ts";
import { getCurrentModel } from "../scores/current-model.ts";
import { chooseProject } from "./choose-project.ts";
import { createProgress } from "./progress.ts";
import { readConfig, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

interface Options {
  version?: string;
  horizons: number[];
  project?: string;
  json?: true;
}

const LABELS: { [figure in keyof EvaluationFigures]: string } = {
  predictionAccuracy: "prediction accuracy (recall)",
  falsePositiveRate: "false positive rate (flags that renewed)",
  textbookFalsePositiveRate: "false positive rate, textbook",
  pointBiserial: "score to outcome, point-biserial",
  spearman: "score to outcome, Spearman",
  areaUnderCurve: "area under the curve",
  averagePrecision: "average precision",
  brier: "Brier score",
  coverage: "coverage",
  leadTimeDays: "lead time, days",
};

/** `telltale evaluate`: compares a model with what became of the accounts. */
export function evaluateCommand(): Command {
  return new Command("evaluate")
    .description("compare a model with the recorded outcomes, at several horizons")
    .option("--version <version>", "of the model; else the one in force")
    .option("--horizons <days>", "days before the outcome", toHorizons, [30, 60, 90])
    .option("--project <name>", "name or id; else the first project")
    .option("--json", "answer in JSON")
    .action((options: Options) =>
      withDatabase(readConfig(), async ({ db, sql }) => {
        const project = await chooseProject(db, options.project);
        const now = Date.now();
        const model = options.version
          ? checkModel((await getModelRow(sql, project.id, options.version)).document)
          : await getCurrentModel(sql, project.id, now);
        const progress = createProgress("Evaluating", options.horizons.length, options);
        const reports: ModelEvaluation[] = [];
        for (const horizonDays of options.horizons) {
          reports.push(await evaluateModel(sql, project, { model, horizonDays, now }));
          progress.update(reports.length);
        }
        progress.stop();
        if (options.json) return say(JSON.stringify(reports));
        for (const report of reports) print(report);
      }),
    );
}

function toHorizons(text: string): number[] {
  return text.split(",").map((part) => Math.max(1, Math.round(Number(part)) || 60));
}

function print({ version, horizonDays, evaluation }: ModelEvaluation): void {
  const { n, churned, flagged } = evaluation.outcomes;
  say(
    `\n${version}, ${horizonDays} days before ${n} outcomes, ${churned} churned, ${flagged} flagged`,
  );
  for (const [name, label] of Object.entries(LABELS)) {
    const figure = evaluation.overall[name as keyof EvaluationFigures];
    const interval = figure.interval?.map((bound) => bound.toFixed(2)).join(" … ") ?? "";
    const value = figure.value === null ? figure.status : figure.value.toFixed(3);
    say(`  ${label.padEnd(42)} ${value.padStart(17)}  ${interval}`);
  }
}
