import { Command } from "commander";
import type { Distributed } from "../db/distribute.ts";
import { migrate } from "../db/migrate.ts";
import { ensurePartitions } from "../operations/partitions.ts";
import { readConfig, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

/** `telltale migrate`: brings the database to the newest schema. */
export function migrateCommand(): Command {
  return new Command("migrate")
    .description("bring the database to the newest schema; safe to run from many processes at once")
    .option("--json", "answer in JSON")
    .action(async (options: { json?: true }) => {
      let distributed: Distributed[] = [];
      const onDistributed = (tables: Distributed[]) => {
        distributed = tables;
      };
      const onSilence = (address: string) =>
        process.stderr.write(
          `Waiting for the database at ${address}, which has not answered yet …\n`,
        );
      const applied = await withDatabase(readConfig(), async ({ sql }, url) => {
        const names = await migrate(url, { onDistributed, onSilence });
        await ensurePartitions(sql, Date.now());
        return names;
      });
      if (options.json) return say(JSON.stringify({ applied, distributed }));
      if (applied.length === 0) say("The schema is up to date.");
      else say(`Applied: ${applied.join(", ")}`);
      if (distributed.length > 0) say(`Spread over the cluster: ${namesOf(distributed)}`);
    });
}

function namesOf(distributed: Distributed[]): string {
  return distributed.map(({ table, placement }) => `${table} (${placement})`).join(", ");
}
