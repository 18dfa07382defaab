import { Command } from "commander";
import { migrate } from "../db/migrate.ts";
import { readConfig, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

/** `telltale migrate`: brings the database to the newest schema. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("bring the database to the newest schema; safe to run from many processes at once")
    .option("--json", "answer in JSON")
    .action(async (options: { json?: true }) => {
      const applied = await withDatabase(readConfig(), (_, url) => migrate(url));
      if (options.json) say(JSON.stringify({ applied }));
      else if (applied.length === 0) say("The schema is up to date.");
      else say(`Applied: ${applied.join(", ")}`);
    });
}
