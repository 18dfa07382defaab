import type { WakeRule } from "@telltale/protocol";
import type { Db } from "../db/client.ts";
import { readPublicConfig } from "./public-config.ts";

/** A survey that goes live is known to browsers after this long at most, in milliseconds. */
const MAX_AGE_MS = 10_000;
/** Projects that are remembered; beyond them the oldest answer is forgotten. */
const MAX_PROJECTS = 10_000;

/** What such a memory needs. */
export interface WakeRuleParts {
  db: Db;
  clock(): number;
}

/**
 * Remembers for each project what may make a survey due, because every batch of our SDK is answered
 * with it.
 *
 * @returns finds the rules of a project; at most 10 seconds old
 */
export function rememberWakeRules({
  db,
  clock,
}: WakeRuleParts): (projectId: string) => Promise<WakeRule[]> {
  const remembered = new Map<string, { at: number; wake: Promise<WakeRule[]> }>();
  return (projectId) => {
    const now = clock();
    const known = remembered.get(projectId);
    if (known && Math.abs(now - known.at) < MAX_AGE_MS) return known.wake;
    const wake = readPublicConfig(db, projectId, now).then((config) => config.wake);
    remembered.delete(projectId);
    remembered.set(projectId, { at: now, wake });
    // A failure is told to those who asked, and not remembered.
    wake.catch(() => remembered.delete(projectId));
    const [oldest] = remembered.keys();
    if (remembered.size > MAX_PROJECTS && oldest) remembered.delete(oldest);
    return wake;
  };
}
