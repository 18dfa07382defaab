import { Command } from "commander";
import { doctorCommand } from "./commands/doctor.ts";
import { keysCommand } from "./commands/keys.ts";
import { migrateCommand } from "./commands/migrate.ts";
import { serveCommand } from "./commands/serve.ts";

const program = new Command("telltale")
  .description("Know which customers are thriving and which are about to leave.")
  .showHelpAfterError("(telltale --help tells more)")
  .addCommand(serveCommand())
  .addCommand(migrateCommand())
  .addCommand(keysCommand())
  .addCommand(doctorCommand());

// Exit codes: 0 done, 1 it failed, 2 the call or the settings are wrong.
program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
for (const command of program.commands) {
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
}
await program.parseAsync();
