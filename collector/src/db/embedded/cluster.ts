import { spawn } from "node:child_process";
import { chown, mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import type { Owner } from "./owner.ts";

/** A Postgres cluster on disk: its folder, its binaries, who runs it. */
export interface Cluster {
  folder: string;
  logFile: string;
  postgres: string;
  initdb: string;
  owner: Owner;
  password: string;
}

/** A running postmaster. */
export interface Postmaster {
  pid: number;
  port: number;
}

export const SUPERUSER = "telltale";

export function clusterUrl(cluster: Cluster, port: number, database: string): string {
  return `postgres://${SUPERUSER}:${cluster.password}@127.0.0.1:${port}/${database}`;
}

async function answers(cluster: Cluster, port: number): Promise<boolean> {
  const sql = postgres(clusterUrl(cluster, port, "postgres"), { max: 1, connect_timeout: 2 });
  try {
    await sql`SELECT 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Creates the cluster's files when there are none. */
export async function initialise(cluster: Cluster): Promise<void> {
  const isThere = await readFile(join(cluster.folder, "PG_VERSION")).catch(() => null);
  if (isThere) return;
  await mkdir(cluster.folder, { recursive: true, mode: 0o700 });
  const { uid, gid } = cluster.owner;
  const passwordFile = `${cluster.folder}.initdb-password`;
  await writeFile(passwordFile, cluster.password, { mode: 0o600 });
  if (uid !== undefined && gid !== undefined) {
    await chown(cluster.folder, uid, gid);
    await chown(passwordFile, uid, gid);
  }
  try {
    await runToEnd(cluster, cluster.initdb, [
      `--pgdata=${cluster.folder}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function runToEnd(cluster: Cluster, command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...cluster.owner, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-4_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}: ${output.trim()}`)),
    );
  });
}

/**
 * The postmaster that a killed predecessor left behind, if it still serves this cluster; one that
 * does not answer is stopped.
 */
export async function findOrphan(cluster: Cluster): Promise<Postmaster | null> {
  const file = await readFile(join(cluster.folder, "postmaster.pid"), "utf8").catch(() => "");
  const lines = file.split("\n");
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !isAlive(pid)) return null;
  for (let attempt = 0; port && attempt < 10; attempt += 1) {
    if (await answers(cluster, port)) return { pid, port };
    if (!isAlive(pid)) return null;
    await sleep(200);
  }
  await stopPostmaster(pid);
  return null;
}

/**
 * Starts the postmaster in a process group of its own, so that Ctrl-C reaches the collector first.
 *
 * @throws {Error} with the end of the log, if it does not answer within 60 s
 */
export async function startPostmaster(cluster: Cluster, settings: string[]): Promise<Postmaster> {
  const port = await freePort();
  const log = await open(cluster.logFile, "a");
  const child = spawn(
    cluster.postgres,
    [
      ...["-D", cluster.folder, "-p", String(port)],
      ...["listen_addresses=127.0.0.1", "unix_socket_directories=", ...settings].flatMap((one) => [
        "-c",
        one,
      ]),
    ],
    { ...cluster.owner, detached: true, stdio: ["ignore", log.fd, log.fd] },
  );
  await log.close();
  child.unref();
  let exit: string | null = null;
  child.once("error", (error) => {
    exit = error.message;
  });
  child.once("exit", (code, signal) => {
    exit = `ended with ${code ?? signal}`;
  });
  for (let waitedMs = 0; waitedMs < 60_000 && exit === null; waitedMs += 100) {
    if (await answers(cluster, port)) return { pid: child.pid as number, port };
    await sleep(100);
  }
  const tail = (await readFile(cluster.logFile, "utf8").catch(() => "")).slice(-1_000);
  throw new Error(`the embedded Postgres did not start (${exit ?? "no answer"}): ${tail.trim()}`);
}

/** Stops a postmaster: fast first, at once after 10 s. */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!isAlive(pid)) return;
    process.kill(pid, signal);
    for (let waitedMs = 0; waitedMs < 10_000; waitedMs += 50) {
      if (!isAlive(pid)) return;
      await sleep(50);
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
