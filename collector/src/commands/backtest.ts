import { Command } from "commander";
import { backtestModel } from "../models/backtest-model.ts";
import { chooseProject } from "./choose-project.ts";
import { createEvaluationProgress } from "./progress.ts";
import { readConfig, say } from "./terminal.ts";
import { toWhole } from "./to-whole.ts";
import { withDatabase } from "./with-database.ts";

/** `telltale backtest`: lets a draft judge history beside the model in force. */
export function backtestCommand(): Command {
  return new Command("backtest")
    .description("let a draft judge history beside the model in force")
    .argument("<version>", "of the draft")
    .option("--horizon <days>", "days before the outcome", toWhole(1, 365), 60)
    .option("--project <name>", "name or id; else the first project")
    .option("--json", "answer in JSON")
    .action((version: string, options: { horizon: number; project?: string; json?: true }) =>
      withDatabase(readConfig(), async ({ db, sql }) => {
        const project = await chooseProject(db, options.project);
        const progress = createEvaluationProgress(options);
        const result = await backtestModel(sql, project, {
          version,
          horizonDays: options.horizon,
          now: Date.now(),
          ...progress,
        });
        progress.stop();
        process.exitCode = result.isWorse ? 1 : 0;
        if (options.json) return say(JSON.stringify(result));
        say(`${version} against ${result.against}, ${result.horizonDays} days before the outcome`);
        for (const note of result.notes) say(`  Note: ${note}`);
        if (result.status !== "ok") return say("Too few outcomes to compare.");
        for (const [figure, difference] of Object.entries(result.differences)) {
          const interval = difference?.interval?.map((bound) => bound.toFixed(3)).join(" … ") ?? "";
          say(`  ${figure.padEnd(28)} ${difference?.value.toFixed(3) ?? "–"}  ${interval}`);
        }
        say(result.isWorse ? `Worse by ${result.worseBy.join(", ")}.` : "Not worse.");
      }),
    );
}
