import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "../db/embedded/cluster.ts";

/** What a running collector leaves in its data folder, so that a second start can tell. */
interface RunningNote {
  pid: number;
  url: string;
}

const fileOf = (dataDir: string): string => join(dataDir, "running.json");

/** The collector that serves a data folder now, or null. A dead one's note does not count. */
export async function findRunning(dataDir: string): Promise<RunningNote | null> {
  const text = await readFile(fileOf(dataDir), "utf8").catch(() => null);
  if (text === null) return null;
  let note: RunningNote;
  try {
    note = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isAlive(note.pid) || note.pid === process.pid) return null;
  // A process id may have been given to another program since: only an answer counts.
  const answer = await fetch(`${note.url}/healthz`, { signal: AbortSignal.timeout(1_000) }).catch(
    () => null,
  );
  return answer?.ok ? note : null;
}

/** @returns takes the note away again */
export async function noteRunning(dataDir: string, url: string): Promise<() => Promise<void>> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(fileOf(dataDir), JSON.stringify({ pid: process.pid, url }));
  return () => rm(fileOf(dataDir), { force: true });
}
