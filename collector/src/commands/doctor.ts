import { Command } from "commander";
import { findAppSecret } from "../operations/app-secret.ts";
import { examine, type Finding } from "../operations/examine.ts";
import { describeUnknown } from "../unknown-settings.ts";
import { explainFailure } from "./explain-failure.ts";
import { readEnvironment, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

/** `telltale doctor`: looks for what would keep the collector from working well. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("check settings, database and backlog")
    .option("--recount", "also count the raw events anew; reads all of them")
    .option("--json", "answer in JSON")
    .action(async (options: { recount?: true; json?: true }) => {
      const recount = options.recount ? "usage" : "nothing";
      const { config, unknown } = readEnvironment();
      const appSecret = await findAppSecret(config);
      const settings: Finding = {
        check: "settings",
        isGood: unknown.length === 0,
        detail: unknown.map(describeUnknown).join(" ") || "every name is known",
      };
      const found = await withDatabase(config, ({ sql }) =>
        examine(sql, { nowMs: Date.now(), recount, appSecret }),
      ).catch((error) => [
        { check: "database", isGood: false, detail: explainFailure(error).text },
      ]);
      const findings = [settings, ...found];
      if (options.json) say(JSON.stringify({ findings }));
      else {
        for (const { check, isGood, detail } of findings) {
          say(`${isGood ? "ok  " : "BAD "} ${check}: ${detail}`);
        }
      }
      process.exitCode = findings.every((finding) => finding.isGood) ? 0 : 1;
    });
}
