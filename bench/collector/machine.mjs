/** A Postgres for the benchmarks, databases in it, servers beside it, and what they cost. */

import { fork } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbeddedPostgres } from "../../collector/dist/db/embedded/start.js";
import { fromCollector } from "./load-pg.mjs";

const { default: postgres } = await fromCollector("postgres");
const TICKS_A_SECOND = 100;

/** A durable Postgres with the settings it comes with, and those that only watching needs. */
export async function startMachine(settings = []) {
  const folder = await mkdtemp(join(tmpdir(), "telltale-bench-"));
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    settings: ["max_wal_size=4GB", ...settings],
  });
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  let made = 0;
  return {
    folder,
    postgresFolder: server.folder,
    async createDatabase() {
      made += 1;
      await admin.unsafe(`CREATE DATABASE bench_${made}`);
      const url = new URL(server.url);
      url.pathname = `/bench_${made}`;
      return url.href;
    },
    connect: (url) => postgres(url, { max: 2, onnotice: () => {} }),
    /** Processor seconds that Postgres has used so far, in all its processes. */
    cpuOfPostgres: () => cpuOfPostgres(server.folder),
    /** Stops Postgres where it stands, connections and all, as a lost disk or host does. */
    freezePostgres: () => signalPostgres(server.folder, "SIGSTOP"),
    thawPostgres: () => signalPostgres(server.folder, "SIGCONT"),
    async stop() {
      await admin.end({ timeout: 2 });
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The processes of a Postgres, its first one first; of each what `/proc/…/stat` tells after the name. */
async function listPostgres(folder) {
  const postmaster = Number(
    (await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n")[0],
  );
  const processes = [];
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
    const fields = stat
      .slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .map(Number);
    const pid = Number(entry);
    if (pid === postmaster) processes.unshift({ pid, fields });
    else if (fields[1] === postmaster) processes.push({ pid, fields });
  }
  return processes;
}

async function signalPostgres(folder, signal) {
  for (const { pid } of await listPostgres(folder)) process.kill(pid, signal);
}

/** What ended processes had used is kept by their parent, the first of them. */
const ofEnded = ([{ fields }]) => fields[13] + fields[14];

async function cpuOfPostgres(folder) {
  const processes = await listPostgres(folder);
  // One that ended meanwhile would be counted nowhere, or twice.
  if (ofEnded(await listPostgres(folder)) !== ofEnded(processes)) return cpuOfPostgres(folder);
  const ticks = processes.reduce((sum, { fields }) => sum + fields[11] + fields[12], 0);
  return (ticks + ofEnded(processes)) / TICKS_A_SECOND;
}

/** Starts a server of this folder, which tells its port, and its costs when asked. */
export async function startServer(file, env) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
    execArgv: env.NODE_ARGS ? env.NODE_ARGS.split(" ") : [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const next = () =>
    new Promise((resolve, reject) => {
      const failed = (code) => reject(new Error(`${file} ended with ${code}`));
      child.once("exit", failed);
      child.once("message", (message) => {
        child.off("exit", failed);
        resolve(message);
      });
    });
  const { port } = await next();
  return {
    port,
    child,
    async costs() {
      const answer = next();
      child.send("costs");
      const { cpu, rss } = await answer;
      return { cpuSeconds: (cpu.user + cpu.system) / 1e6, rssMb: rss / 1e6 };
    },
    stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      return ended;
    },
  };
}

/** Runs the loader to its end. */
export function load(options) {
  return new Promise((resolve, reject) => {
    const child = fork(
      fileURLToPath(new URL("loader.mjs", import.meta.url)),
      [JSON.stringify({ key: "wk_bench_write_key", connections: 64, ...options })],
      { stdio: ["ignore", "ignore", "inherit", "ipc"] },
    );
    child.once("message", resolve);
    child.once("error", reject);
    child.once("exit", (code) => code && reject(new Error(`the loader ended with ${code}`)));
  });
}
