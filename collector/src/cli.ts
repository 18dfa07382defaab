import { Command } from "commander";
import { backtestCommand } from "./commands/backtest.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { evaluateCommand } from "./commands/evaluate.ts";
import { explainFailure } from "./commands/explain-failure.ts";
import { importCommand } from "./commands/import.ts";
import { keysCommand } from "./commands/keys.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { scoreCommand } from "./commands/score.ts";
import { serveCommand } from "./commands/serve.ts";
import { signInLinkCommand } from "./commands/sign-in-link.ts";
import { simulateCommand } from "./commands/simulate.ts";

const program = new Command("telltale")
  .description("Know which customers are thriving and which are about to leave.")
  .showHelpAfterError("(telltale --help tells more)")
  .addCommand(serveCommand())
  .addCommand(migrateCommand())
  .addCommand(keysCommand())
  .addCommand(signInLinkCommand())
  .addCommand(importCommand())
  .addCommand(simulateCommand())
  .addCommand(scoreCommand())
  .addCommand(evaluateCommand())
  .addCommand(backtestCommand())
  .addCommand(doctorCommand());

// Exit codes: 0 done, 1 it failed, 2 the call or the settings are wrong.
function exitAsAgreed(command: Command): void {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  for (const one of command.commands) exitAsAgreed(one);
}
exitAsAgreed(program);
// Who reads the first lines only, as head does, closes the pipe.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(1);
});
try {
  await program.parseAsync();
} catch (error) {
  const { text, exitCode } = explainFailure(error);
  process.stderr.write(`${text}\n`);
  process.exit(exitCode);
}
