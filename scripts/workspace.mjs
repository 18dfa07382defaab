/** What the scripts of this folder share: the install, the build, and running a command. */

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const stampFolder = join(root, "node_modules", ".telltale");

/** Ends the process with a clear sentence where this Node can't run Telltale. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Telltale needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

/**
 * Runs a command in the repository and shows its output.
 * @param {string} command
 * @param {string[]} args
 * @param {string} folder where, else the root
 * @returns {number} its exit code
 */
export function run(command, args, folder = root) {
  const shell = process.platform === "win32" && command !== process.execPath;
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: "inherit", shell });
  if (error) console.error(error.message);
  return status ?? 1;
}

/** @param {number} exitCode */
export function stopOnFailure(exitCode) {
  if (exitCode !== 0) process.exit(exitCode);
}

/** The package manager in the version that package.json names, brought by npm itself. */
export function pnpm(...args) {
  const { packageManager } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return run("npx", ["--yes", packageManager, ...args]);
}

function readStamp(name) {
  const file = join(stampFolder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

function writeStamp(name, value) {
  mkdirSync(stampFolder, { recursive: true });
  writeFileSync(join(stampFolder, name), value);
}

/** Installs the packages of the lock file, unless they are there already. */
export function install() {
  const hash = createHash("sha256");
  for (const file of ["pnpm-lock.yaml", "package.json", "pnpm-workspace.yaml"]) {
    hash.update(readFileSync(join(root, file)));
  }
  const wanted = hash.digest("hex");
  if (readStamp("install") === wanted) return;
  console.log("Installing packages …");
  stopOnFailure(pnpm("install", "--frozen-lockfile", "--reporter=append-only"));
  writeStamp("install", wanted);
}

/** What runs, in the order of its references; what only tests it or shows it is compiled by the check. */
const PARTS = ["protocol", "scoring", "sdk", "widget", "collector"];

/** Newest change of any source that the build reads, in milliseconds since the epoch. */
function newestSource() {
  let newest = 0;
  const skipped = new Set(["node_modules", "dist", ".telltale", "test", "bench"]);
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!skipped.has(entry.name)) visit(path);
      } else if (!/\.test\.tsx?$/.test(entry.name)) {
        newest = Math.max(newest, statSync(path).mtimeMs);
      }
    }
  };
  for (const part of PARTS) visit(join(root, part));
  return newest;
}

/** Compiles the packages and bundles the browser code, unless nothing changed since. */
export function build() {
  const wanted = String(newestSource());
  if (readStamp("build") === wanted) return;
  console.log("Building …");
  const typescript = join(root, "node_modules/typescript/bin/tsc");
  stopOnFailure(run(process.execPath, [typescript, "-b", ...PARTS]));
  for (const part of ["sdk", "widget"]) {
    const folder = join(root, part);
    const rollup = join(folder, "node_modules/rollup/dist/bin/rollup");
    stopOnFailure(run(process.execPath, [rollup, "--config", "--silent"], folder));
  }
  writeStamp("build", wanted);
}
