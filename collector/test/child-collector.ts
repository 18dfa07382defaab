import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../bin/telltale.js", import.meta.url));

/** A collector in a process of its own, so that it can be killed. */
export interface ChildCollector {
  url: string;
  process: ChildProcess;
  /** Lines of standard output so far. */
  output: string[];
  /** Sends the signal and waits for the end; returns the exit code, null when it was killed. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Starts the built collector on a database and waits until it is ready. */
export async function startChildCollector(
  env: Record<string, string> & { DATABASE_URL: string },
): Promise<ChildCollector> {
  const port = Number(env.PORT ?? (await findFreePort()));
  const child = spawn(process.execPath, [CLI, "serve"], {
    cwd: tmpdir(),
    env: {
      PATH: process.env.PATH,
      DATA_DIR: join(tmpdir(), `telltale-child-${port}`),
      LOG_LEVEL: "warn",
      TELLTALE_DEMO: "0",
      PORT: String(port),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => output.push(...chunk.toString().split("\n")));
  }
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = `http://127.0.0.1:${port}`;
  for (let waitedMs = 0; ; waitedMs += 50) {
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.ok) break;
    if (child.exitCode !== null || waitedMs > 20_000) {
      child.kill("SIGKILL");
      throw new Error(`the collector did not start:\n${output.join("\n")}`);
    }
    await sleep(50);
  }
  return {
    url,
    process: child,
    output,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}
