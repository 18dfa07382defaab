import type { z } from "@hono/zod-openapi";
import type { Sql } from "../db/client.ts";
import { parseCursor, toCursor } from "../pagination.ts";
import {
  type AskerRow,
  countTags,
  countUntagged,
  findAskers,
  findRequests,
  type RequestRow,
} from "./queries.ts";
import type { roadmapSchema } from "./schema.ts";
import { toTag } from "./tag.ts";

const DAY_MS = 86_400_000;
/** What was asked for longer ago than this is no news for a roadmap. */
export const ROADMAP_DAYS = 180;
const MOST_TAGS = 100;
const MOST_ASKERS = 50;

interface RequestWish {
  projectId: string;
  tag?: string | undefined;
  tier?: "at_risk" | undefined;
  limit: number;
  cursor?: string | undefined;
  /** Milliseconds since the epoch. */
  now: number;
}

const toSpan = (projectId: string, now: number) => ({
  projectId,
  since: new Date(now - ROADMAP_DAYS * DAY_MS).toISOString(),
});

/** What accounts asked for in the last 180 days, newest first. */
export async function readRequests(
  sql: Sql,
  wish: RequestWish,
): Promise<{ data: (Omit<RequestRow, "at"> & { at: string })[]; nextCursor: string | null }> {
  const [at, id] = wish.cursor === undefined ? [] : parseCursor(wish.cursor, ["moment", "id"]);
  const rows = await findRequests(sql, toSpan(wish.projectId, wish.now), {
    tag: toTag(wish.tag ?? ""),
    isAtRisk: wish.tier === "at_risk",
    after: at && id ? { at, id } : null,
    limit: wish.limit + 1,
  });
  const data = rows.slice(0, wish.limit).map((row) => ({ ...row, at: row.at.toISOString() }));
  const last = data.at(-1);
  return {
    data,
    nextCursor: rows.length > wish.limit && last ? toCursor([last.at, last.id]) : null,
  };
}

/** What accounts ask for, by the value at risk behind it. */
export async function readRoadmap(
  sql: Sql,
  projectId: string,
  now: number,
): Promise<z.output<typeof roadmapSchema>> {
  const span = toSpan(projectId, now);
  const [tags, untagged] = await Promise.all([
    countTags(sql, span, MOST_TAGS),
    countUntagged(sql, span),
  ]);
  return {
    since: span.since,
    data: tags.map((row) => ({ ...row, newestAt: row.newestAt.toISOString() })),
    untagged,
  };
}

/** The accounts that asked for what a tag stands for, those at risk first. */
export async function readAskers(
  sql: Sql,
  { projectId, tag, now }: { projectId: string; tag: string; now: number },
): Promise<AskerRow[]> {
  const word = toTag(tag);
  return word === ""
    ? []
    : findAskers(sql, toSpan(projectId, now), { tag: word, limit: MOST_ASKERS });
}
