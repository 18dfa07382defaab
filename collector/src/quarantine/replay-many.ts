import type { SqlQueryable } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import { UNVERIFIED } from "./identify-again.ts";
import { findWaiting } from "./queries.ts";
import { type ReplayDeps, replayOf } from "./replay-rejected.ts";
import type { Replay } from "./schema.ts";

/** Most messages of one call, so that it ends within a request. */
export const MOST_REPLAYED = 500;
/** So many at a time: the writer stores what comes together in one commit. */
const AT_ONCE = 20;

/** Which messages to try again: these, or all that wait with a reason. */
export type ReplayWish = { ids: string[] } | { code: string | null };

/** What became of messages that were tried again. */
export interface ReplayedMany {
  /** Tried now. */
  tried: number;
  stored: number;
  /** Were stored already, by their message id. */
  duplicates: number;
  /** Refused again, by the reason that holds now. */
  rejected: { code: string; detail: string; count: number }[];
  /** Nobody's to replay: unknown, or replayed before. */
  missing: number;
  /** With the same reason and not tried yet; another call takes them. */
  remaining: number;
  /** What to go on after; null when nothing is left to try. */
  next: string | null;
}

/**
 * Tries rejected messages again, oldest first, each once. What fails again stays, with what is wrong
 * now.
 *
 * @param after - `next` of the call before, so that what failed there is not tried again
 * @throws {Problem} not-found without such a project
 */
export async function replayMany(
  deps: ReplayDeps,
  projectId: string,
  wish: ReplayWish & { after?: string | null },
): Promise<ReplayedMany> {
  const { sql } = deps.database;
  const project = await findProject(sql, projectId);
  if (!project) throw new Problem("not-found", "There is no such project.");
  const { ids, remaining } = await findIds(sql, project, wish);
  const result: ReplayedMany = {
    tried: 0,
    stored: 0,
    duplicates: 0,
    rejected: [],
    missing: 0,
    remaining,
    next: remaining > 0 ? (ids.at(-1) ?? null) : null,
  };
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const replays = await Promise.all(
      ids.slice(at, at + AT_ONCE).map((id) => replayOf(deps, project, id)),
    );
    for (const replay of replays) count(result, replay);
  }
  return result;
}

async function findIds(
  sql: SqlQueryable,
  { id: projectId, settings }: Project,
  wish: ReplayWish & { after?: string | null },
): Promise<{ ids: string[]; remaining: number }> {
  if ("ids" in wish) return { ids: [...new Set(wish.ids)].slice(0, MOST_REPLAYED), remaining: 0 };
  const { code, after = null } = wish;
  const { identity } = readSettings(settings);
  // Trying what lacks a proof would bring nothing as long as the project insists on one.
  const except = code === null && identity === "enforce" ? UNVERIFIED : null;
  const found = await findWaiting(sql, { projectId, code, except, after, limit: MOST_REPLAYED });
  return { ids: found.ids, remaining: found.count - found.ids.length };
}

function count(result: ReplayedMany, replay: Replay | null): void {
  if (!replay) {
    result.missing += 1;
    return;
  }
  result.tried += 1;
  if (replay.outcome === "stored") result.stored += 1;
  if (replay.outcome === "duplicate") result.duplicates += 1;
  if (replay.outcome !== "rejected") return;
  const { code = "", detail = "" } = replay;
  const same = result.rejected.find((one) => one.code === code && one.detail === detail);
  // Past the first few, what is wrong is told by its code alone.
  const like = same ?? (result.rejected.length < 20 ? undefined : result.rejected.at(-1));
  if (like) like.count += 1;
  else result.rejected.push({ code, detail, count: 1 });
}
