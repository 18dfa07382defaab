import { Command } from "commander";
import { readConfig, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

interface Finding {
  check: string;
  isGood: boolean;
  detail: string;
}

/** `telltale doctor`: looks for what would keep the collector from working well. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("check settings, database and backlog")
    .option("--json", "answer in JSON")
    .action(async (options: { json?: true }) => {
      const config = readConfig();
      const findings = await examine(config);
      if (options.json) say(JSON.stringify({ findings }));
      else {
        for (const { check, isGood, detail } of findings) {
          say(`${isGood ? "ok  " : "BAD "} ${check}: ${detail}`);
        }
      }
      process.exitCode = findings.every((finding) => finding.isGood) ? 0 : 1;
    });
}

function examine(config: ReturnType<typeof readConfig>): Promise<Finding[]> {
  return withDatabase(config, async ({ sql }) => {
    const [server] = await sql<{ version: string; sync: string }[]>`
      SELECT current_setting('server_version') AS version,
        current_setting('synchronous_commit') AS sync`;
    const [schema] = await sql<{ count: number }[]>`
      SELECT count(*)::int AS count FROM applied_migrations`;
    const [waiting] = await sql<{ count: number; oldest: number | null }[]>`
      SELECT count(*)::int AS count,
        extract(epoch FROM now() - min(queued_at))::float8 AS oldest FROM rescore_queue`;
    const oldestSeconds = Math.round(waiting?.oldest ?? 0);
    return [
      {
        check: "Postgres",
        isGood: Number.parseInt(server?.version ?? "0", 10) >= 15,
        detail: `${server?.version}; 15 or newer is needed`,
      },
      {
        check: "durability",
        isGood: server?.sync !== "off",
        detail: `synchronous_commit is ${server?.sync}`,
      },
      { check: "schema", isGood: (schema?.count ?? 0) > 0, detail: `${schema?.count} migrations` },
      {
        check: "rescoring",
        isGood: oldestSeconds < 60,
        detail: `${waiting?.count} accounts wait, the oldest for ${oldestSeconds} s`,
      },
    ];
  });
}
