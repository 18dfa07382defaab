import { Command } from "commander";
import { recordAudit } from "../audit/record-audit.ts";
import { toLocalUrl } from "../local-url.ts";
import { listProjects } from "../projects/queries.ts";
import { createSignInLink } from "../sign-in/create-sign-in-link.ts";
import { findRunning } from "./running-note.ts";
import { fail, readConfig, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

/** `telltale sign-in-link`: lets the owner in again, by who may read the settings of the server. */
export function signInLinkCommand(): Command {
  return new Command("sign-in-link")
    .description("make a link that signs the owner in to the dashboard, once, within 24 hours")
    .option("--json", "answer in JSON")
    .action((options: { json?: true }) => {
      const config = readConfig();
      return withDatabase(config, async ({ db, sql }) => {
        const projects = await listProjects(db);
        if (projects.length === 0) fail("There is no project; run serve first.", 2);
        // Written down first: no link is made in silence.
        const entry = { actor: "command line", target: "owner", at: Date.now() };
        for (const { id: projectId } of projects) {
          await recordAudit(sql, { ...entry, projectId, action: "member.link_made" });
        }
        const running = config.databaseUrl ? null : await findRunning(config.dataDir);
        const url = config.publicUrl ?? running?.url ?? toLocalUrl(config);
        const link = await createSignInLink(db, Date.now, url);
        say(options.json ? JSON.stringify({ link }) : link);
      });
    });
}
