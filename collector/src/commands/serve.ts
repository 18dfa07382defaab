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
  // With a database of its own, a process shares nothing with others of the same folder.
  const running = config.databaseUrl ? null : await findRunning(config.dataDir);
  if (running) {
    fail(`Telltale already runs on this data folder: ${running.url} (process ${running.pid}).`);
  }
  const fault = await tryListening(config.port, config.host);
  if (fault) await failToListen(config, fault);
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
    if ((error as { syscall?: unknown }).syscall === "listen") {
      await failToListen(config, error as NodeJS.ErrnoException);
    }
    fail(`Telltale could not start. ${explainFailure(error).text}`);
  }
  if (!config.databaseUrl) forget = await noteRunning(config.dataDir, collector.url);
  if (stopRequested) {
    await collector.stop();
    await forget?.();
    process.exit(0);
  }
  greet(config, collector);
}

async function failToListen({ port, host }: Config, fault: NodeJS.ErrnoException): Promise<never> {
  if (fault.code !== "EADDRINUSE") {
    fail(`It can't listen on ${host}, port ${port}: ${fault.message}. Check HOST and PORT.`);
  }
  const next = await nextFree(port, host);
  fail(
    `Port ${port} on ${host} is taken by another program.\n` +
      `The next free one is ${next}: npm start -- --port ${next}`,
  );
}

function greet(config: Config, collector: RunningCollector): void {
  const { publicUrl, created, database, deadKeys } = collector;
  const knownKey = deadKeys.includes("TELLTALE_WRITE_KEY") ? undefined : config.writeKey;
  const writeKey = created?.writeKey ?? knownKey;
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
  for (const name of deadKeys) {
    line("Warning", `${name} is no key of this database: it only makes the first project`);
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

/** Why a port can't be listened on, or null. */
function tryListening(port: number, host: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}

async function nextFree(taken: number, host: string): Promise<number> {
  for (let port = taken + 1; port < 65_536; port += 1) {
    if (!(await tryListening(port, host))) return port;
  }
  return 0;
}
