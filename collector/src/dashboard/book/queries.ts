import type { Tier } from "@telltale/protocol";
import { selectOwner, selectYearlyValue } from "../../accounts/account-value.ts";
import type { Sql } from "../../db/client.ts";
import type { BookFilter } from "./filter.ts";

/** An account's line in the book. */
export interface BookRow {
  accountId: string;
  name: string | null;
  tier: Tier;
  score: number | null;
  /** The score a week ago; null where there was none. */
  before: number | null;
  /** A year's worth, in the project's currency. */
  value: number | null;
  owner: string;
  plan: string | null;
  lastSeenAt: Date;
}

function toConditions(
  sql: Sql,
  projectId: string,
  filter: BookFilter,
  { days, members }: Pick<BookPage, "days" | "members">,
) {
  const [trait = "", ...rest] = filter.segment.split(":");
  const pattern = `%${filter.q.replace(/[\\%_]/g, "\\$&")}%`;
  const conditions = [sql`a.project_id = ${projectId}`];
  if (filter.tier) conditions.push(sql`coalesce(h.tier, 'unknown') = ${filter.tier}`);
  if (filter.q) conditions.push(sql`(a.name ILIKE ${pattern} OR a.account_id ILIKE ${pattern})`);
  if (members) conditions.push(sql`a.account_id = ANY(${members}::text[])`);
  else if (filter.segment) conditions.push(sql`a.traits ->> ${trait} = ${rest.join(":")}`);
  if (filter.owner) conditions.push(sql`${selectOwner(sql)} = ${filter.owner}`);
  if (filter.feature) {
    conditions.push(sql`EXISTS (SELECT FROM usage_summaries u WHERE u.project_id = ${projectId}
      AND u.account_id = a.account_id AND u.event = 'Feature Used'
      AND u.subject = ${filter.feature} AND u.last_day > ${days.monthAgo}::text::date)`);
  }
  if (filter.milestone) {
    conditions.push(sql`EXISTS (SELECT FROM milestones_reached m WHERE m.project_id = ${projectId}
      AND m.account_id = a.account_id AND m.milestone = ${filter.milestone})`);
  }
  return conditions.reduce((all, one) => sql`${all} AND ${one}`);
}

function toOrder(sql: Sql, { sort, dir }: BookFilter) {
  const direction = dir === "asc" ? sql`ASC` : sql`DESC`;
  const by = {
    score: sql`h.score`,
    name: sql`lower(coalesce(a.name, a.account_id))`,
    change: sql`h.score - earlier.score`,
    value: selectYearlyValue(sql),
    seen: sql`a.last_seen_at`,
    tier: sql`array_position(ARRAY['critical', 'at_risk', 'healthy', 'unknown'],
      coalesce(h.tier, 'unknown'))`,
  }[sort];
  return sql`${by} ${direction} NULLS LAST, a.account_id`;
}

const withHealth = (sql: Sql) => sql`
  LEFT JOIN account_health h ON h.project_id = a.project_id AND h.account_id = a.account_id`;

/** @param weekAgo - calendar day */
const withEarlier = (sql: Sql, weekAgo: string) => sql`
  LEFT JOIN scores earlier ON earlier.project_id = a.project_id
    AND earlier.account_id = a.account_id AND earlier.day = ${weekAgo}::text::date`;

/** The days that the book compares: today's week ago, and how far back a feature counts as used. */
export interface BookDays {
  weekAgo: string;
  monthAgo: string;
}

/** Which part of the book is wanted. */
export interface BookPage {
  days: BookDays;
  /** Ids of the accounts in a saved segment; null: all. */
  members: string[] | null;
  limit: number;
  offset: number;
}

/** A page of the book, and how many accounts the filter leaves. */
export async function findBookPage(
  sql: Sql,
  projectId: string,
  filter: BookFilter,
  page: BookPage,
): Promise<{ rows: BookRow[]; count: number }> {
  const { days, limit, offset } = page;
  // First who is on the page, by narrow rows; then what is shown of these few.
  const rows = await sql<(BookRow & { count: number })[]>`
    WITH shown AS MATERIALIZED (
      SELECT a.account_id, count(*) OVER ()::int AS count,
        row_number() OVER (ORDER BY ${toOrder(sql, filter)}) AS place
      FROM accounts a ${withHealth(sql)}
        ${filter.sort === "change" ? withEarlier(sql, days.weekAgo) : sql``}
      WHERE ${toConditions(sql, projectId, filter, page)}
      ORDER BY place LIMIT ${limit} OFFSET ${offset}
    )
    SELECT a.account_id AS "accountId", a.name, coalesce(h.tier, 'unknown') AS tier, h.score,
      earlier.score AS before, ${selectYearlyValue(sql)} AS value, ${selectOwner(sql)} AS owner,
      a.traits ->> 'plan' AS plan, a.last_seen_at AS "lastSeenAt", shown.count
    FROM shown JOIN accounts a ON a.project_id = ${projectId} AND a.account_id = shown.account_id
      ${withHealth(sql)} ${withEarlier(sql, days.weekAgo)}
    ORDER BY shown.place`;
  return { rows, count: rows[0]?.count ?? 0 };
}

/** A tier's part of the book. */
export interface TierShare {
  tier: Tier;
  accounts: number;
  value: number;
  /** Accounts per ten points of score, lowest first. */
  bins: number[];
}

/** How the whole book is spread over tiers, scores and money. */
export async function readTierShares(sql: Sql, projectId: string): Promise<TierShare[]> {
  const rows = await sql<{ tier: Tier; bin: number | null; accounts: number; value: number }[]>`
    SELECT coalesce(h.tier, 'unknown') AS tier, least(floor(h.score / 10), 9)::int AS bin,
      count(*)::int AS accounts, coalesce(sum(${selectYearlyValue(sql)}), 0) AS value
    FROM accounts a
    LEFT JOIN account_health h ON h.project_id = a.project_id AND h.account_id = a.account_id
    WHERE a.project_id = ${projectId} GROUP BY 1, 2`;
  const shares = new Map<Tier, TierShare>();
  for (const { tier, bin, accounts, value } of rows) {
    const share = shares.get(tier) ?? { tier, accounts: 0, value: 0, bins: Array(10).fill(0) };
    share.accounts += accounts;
    share.value += value;
    if (bin !== null) share.bins[bin] = (share.bins[bin] ?? 0) + accounts;
    shares.set(tier, share);
  }
  return [...shares.values()];
}

/** An account whose score moved within a week, with the health at both ends. */
export interface MoverRow {
  accountId: string;
  name: string | null;
  tier: Tier;
  value: number | null;
  score: number;
  before: number;
  healthNow: unknown;
  healthBefore: unknown;
}

/** The accounts that moved most, down and up, by at least three points. */
export async function findMovers(
  sql: Sql,
  projectId: string,
  { weekAgo, limit }: { weekAgo: string; limit: number },
): Promise<{ fell: MoverRow[]; rose: MoverRow[] }> {
  const rows = await sql<MoverRow[]>`
    WITH moved AS MATERIALIZED (
      SELECT h.account_id, h.score, h.tier, earlier.score AS before,
        h.score - earlier.score AS points
      FROM account_health h
      JOIN scores earlier ON earlier.project_id = h.project_id
        AND earlier.account_id = h.account_id AND earlier.day = ${weekAgo}::text::date
      WHERE h.project_id = ${projectId} AND abs(h.score - earlier.score) >= 3
    ), furthest AS MATERIALIZED (
      (SELECT * FROM moved WHERE points < 0 ORDER BY points, account_id LIMIT ${limit})
      UNION ALL
      (SELECT * FROM moved WHERE points > 0 ORDER BY points DESC, account_id LIMIT ${limit})
    )
    SELECT moved.account_id AS "accountId", a.name, moved.tier, ${selectYearlyValue(sql)} AS value,
      moved.score, moved.before, latest.detail AS "healthNow", earlier.detail AS "healthBefore"
    FROM furthest moved
    JOIN accounts a ON a.project_id = ${projectId} AND a.account_id = moved.account_id
    JOIN scores earlier ON earlier.project_id = ${projectId}
      AND earlier.account_id = moved.account_id AND earlier.day = ${weekAgo}::text::date
    JOIN LATERAL (SELECT detail FROM scores s WHERE s.project_id = ${projectId}
      AND s.account_id = moved.account_id ORDER BY day DESC LIMIT 1) latest ON true
    ORDER BY abs(moved.points) DESC, moved.account_id`;
  return {
    fell: rows.filter(({ score, before }) => score < before),
    rose: rows.filter(({ score, before }) => score > before),
  };
}
