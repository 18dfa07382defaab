import { createServer } from "node:net";
import { Command } from "commander";
import type { Config } from "../config.ts";
import { type RunningCollector, serve } from "../serve.ts";
import { explainFailure } from "./explain-failure.ts";
import { findRunning, noteRunning } from "./running-note.ts";
import { fail, readConfig, say } from "./terminal.ts";

/** `telltale serve`: the whole server, until Ctrl-C or SIGTERM. */
export function serveCommand(): Command {
  return new Command("serve")
    .description("run the collector with dashboard and, on the embedded database, the demo")
    .option("--port <number>", "port to listen on (else PORT, else 4700)")
    .option("--host <address>", "address to listen on (else HOST, else 127.0.0.1)")
    .action(async (options: { port?: string; host?: string }) => {
      const config = readConfig({ PORT: options.port, HOST: options.host });
      await run(config);
    });
}

async function run(config: Config): Promise<void> {
  const running = await findRunning(config.dataDir);
  if (running && !config.databaseUrl) {
    fail(`Telltale already runs on this data folder: ${running.url} (process ${running.pid}).`);
  }
  if (!(await isFree(config.port, config.host))) failTaken(config, await nextFree(config));
  let stopRequested = false;
  let collector: RunningCollector | undefined;
  const stop = async () => {
    if (stopRequested) return;
    stopRequested = true;
    if (!collector) return;
    say("\nStopping …");
    await collector.stop();
    await forget?.();
    process.exit(0);
  };
  let forget: (() => Promise<void>) | undefined;
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    collector = await serve(config);
  } catch (error) {
    if ((error as { code?: unknown }).code === "EADDRINUSE") {
      failTaken(config, await nextFree(config));
    }
    fail(`Telltale could not start. ${explainFailure(error).text}`);
  }
  forget = await noteRunning(config.dataDir, collector.url);
  if (stopRequested) {
    await collector.stop();
    await forget();
    process.exit(0);
  }
  greet(config, collector);
}

function failTaken(config: Config, next: number): never {
  fail(
    `Port ${config.port} on ${config.host} is taken by another program.\n` +
      `The next free one is ${next}: npm start -- --port ${next}`,
  );
}

function greet(config: Config, collector: RunningCollector): void {
  const { publicUrl, created, database } = collector;
  const writeKey = created?.writeKey ?? config.writeKey;
  const line = (label: string, value: string) => say(`  ${label.padEnd(12)} ${value}`);
  say();
  say(`  Telltale is running.${database.isAdopted ? " (took over a Postgres left running)" : ""}`);
  say();
  if (config.isDemo) line("Demo app", `${publicUrl}/demo`);
  if (collector.signInLink) line("Dashboard", `${collector.signInLink}   (signs you in, once)`);
  line("API docs", `${publicUrl}/docs`);
  say();
  if (created) {
    line("Write key", `${created.writeKey}   (public, for browsers)`);
    line("Secret key", `${created.secretKey}   (for servers; shown this once)`);
  } else {
    line("Keys", "as printed on the first start; new ones: npx telltale keys create");
  }
  say();
  say("  Paste this into your app:");
  say(
    `  <script async src="${publicUrl}/telltale.js" data-write-key="${writeKey ?? "wk_…"}"></script>`,
  );
  say();
  say("  Ctrl-C stops everything; the data stays.");
  say();
}

/** Whether a port can be listened on. */
function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code !== "EADDRINUSE"));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

async function nextFree(config: Config): Promise<number> {
  for (let port = config.port + 1; port < 65_536; port += 1) {
    if (await isFree(port, config.host)) return port;
  }
  return 0;
}
