import { Command } from "commander";
import { storeSimulatedBook } from "../demo/store-simulated-book.ts";
import { createIngestion } from "../ingest/create-ingestion.ts";
import { chooseProject } from "./choose-project.ts";
import { createProgress } from "./progress.ts";
import { readConfig, say } from "./terminal.ts";
import { toWhole } from "./to-whole.ts";
import { withDatabase } from "./with-database.ts";

interface Options {
  accounts: number;
  days: number;
  seed: string;
  project?: string;
  json?: true;
}

/** `telltale simulate`: a believable book of accounts whose true hazard is known. */
export function simulateCommand(): Command {
  return new Command("simulate")
    .description("fill a project with simulated accounts, their use, answers and outcomes")
    .option("--accounts <number>", "how many", toWhole(1, 100_000), 100)
    .option("--days <number>", "how much history, ending yesterday", toWhole(60, 1_000), 180)
    .option("--seed <text>", "the same seed makes the same book", "telltale")
    .option("--project <name>", "name or id; else the first project")
    .option("--json", "answer in JSON")
    .action((options: Options) =>
      withDatabase(readConfig(), async ({ db, sql, bulk }) => {
        const project = await chooseProject(db, options.project);
        const clock = () => Date.now();
        const progress = createProgress("Storing", options.accounts, options);
        const deps = { db, sql, clock, eventWriter: createIngestion(sql, clock, { bulk }) };
        const stored = await storeSimulatedBook(deps, project, options, progress.update);
        progress.stop();
        if (options.json) return say(JSON.stringify(stored));
        say(
          `${stored.accounts} accounts, ${stored.messages} events, ${stored.outcomes} outcomes, ` +
            `${stored.churned} of them churn.`,
        );
        say("Scores follow within seconds while the collector runs, or by: telltale score");
      }),
    );
}
