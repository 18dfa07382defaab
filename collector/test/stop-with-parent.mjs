/**
 * Waits for the end of its standard input, which is the end of the process that started it, however
 * that came; then stops the Postgres that runs in a folder and removes the files of the test run.
 * The Postgres' own folder is what came in until then; it may still be on its way when nothing did.
 *
 * node stop-with-parent.mjs <folder of the test run>
 */
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const folder = process.argv[2];
let cluster = "";
for await (const chunk of process.stdin) cluster += chunk;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const file = join(cluster || join(folder, "postgres"), "postmaster.pid");
const pid = Math.abs(Number.parseInt(await readFile(file, "utf8").catch(() => ""), 10));
// What is in it is thrown away: no need for an orderly end.
if (pid > 0 && isAlive(pid)) process.kill(pid, "SIGQUIT");
for (let waitedMs = 0; pid > 0 && isAlive(pid) && waitedMs < 10_000; waitedMs += 50)
  await sleep(50);
if (cluster) await rm(cluster, { recursive: true, force: true });
await rm(folder, { recursive: true, force: true });
