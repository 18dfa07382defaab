/**
 * Waits for the end of its standard input, which is the end of the process that started it, however
 * that came; then stops a Postgres and removes its folder.
 *
 * node stop-with-parent.mjs <pid of the postmaster> <folder>
 */
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

const [pid, folder] = [Number(process.argv[2]), process.argv[3]];

function isAlive() {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

for await (const _ of process.stdin);
// What is in it is thrown away: no need for an orderly end.
if (isAlive()) process.kill(pid, "SIGQUIT");
for (let waitedMs = 0; isAlive() && waitedMs < 10_000; waitedMs += 50) await sleep(50);
await rm(folder, { recursive: true, force: true });
