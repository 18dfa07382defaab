import { Command } from "commander";
import { validate } from "uuid";
import { createProject } from "../projects/create-project.ts";
import { issueKey } from "../projects/issue-key.ts";
import { listKeys, revokeKey } from "../projects/queries.ts";
import { chooseProject } from "./choose-project.ts";
import { fail, readConfig, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

/** `telltale keys`: list, create and revoke keys, and create projects. */
export function keysCommand(): Command {
  const keys = new Command("keys").description("list, create and revoke API keys");

  keys
    .command("list", { isDefault: true })
    .description("show the keys of a project by their prefixes")
    .option("--project <name>", "name or id; else the first project")
    .option("--json", "answer in JSON")
    .action((options: { project?: string; json?: true }) =>
      withDatabase(readConfig(), async ({ db }) => {
        const project = await chooseProject(db, options.project);
        const rows = await listKeys(db, project.id);
        if (options.json) return say(JSON.stringify({ project, keys: rows }));
        say(`${project.name} (${project.id})`);
        for (const row of rows) {
          const state = row.revokedAt ? "revoked" : "active";
          const used = row.lastUsedAt?.toISOString() ?? "never";
          say(`  ${row.id}  ${row.kind.padEnd(6)}  ${row.prefix}…  ${state}  last used ${used}`);
        }
      }),
    );

  keys
    .command("create")
    .description("make a key; it is shown this once")
    .argument("[kind]", "write or secret", "secret")
    .option("--project <name>", "name or id; else the first project")
    .option("--name <text>", "what it is for", "cli")
    .option("--json", "answer in JSON")
    .action((kind: string, options: { project?: string; name: string; json?: true }) => {
      if (kind !== "write" && kind !== "secret") fail("The kind is write or secret.", 2);
      return withDatabase(readConfig(), async ({ db }) => {
        const project = await chooseProject(db, options.project);
        const wanted = { projectId: project.id, kind, name: options.name } as const;
        const key = await issueKey(db, Date.now, wanted);
        say(options.json ? JSON.stringify({ project: project.id, kind, key }) : key);
      });
    });

  keys
    .command("revoke")
    .description("end a key; it stops working within ten seconds")
    .argument("<id>", "id of the key, as the list shows it")
    .option("--project <name>", "name or id; else the first project")
    .action((id: string, options: { project?: string }) =>
      withDatabase(readConfig(), async ({ db }) => {
        const project = await chooseProject(db, options.project);
        const isRevoked = validate(id) && (await revokeKey(db, project.id, id));
        if (!isRevoked) fail(`There is no active key ${id}.`);
        say("Revoked.");
      }),
    );

  keys
    .command("create-project")
    .description("make a project with a key of each kind; they are shown this once")
    .argument("<name>", "what it is called")
    .option("--time-zone <name>", "IANA name; days are cut there", "UTC")
    .option("--json", "answer in JSON")
    .action((name: string, options: { timeZone: string; json?: true }) =>
      withDatabase(readConfig(), async ({ db }) => {
        const made = await createProject(db, () => Date.now(), {
          name,
          timeZone: options.timeZone,
        });
        const { project, writeKey, secretKey } = made;
        if (options.json) return say(JSON.stringify({ project: project.id, writeKey, secretKey }));
        say(`${project.name} (${project.id})\n  ${writeKey}\n  ${secretKey}`);
      }),
    );

  return keys;
}
