import type { Tier } from "@telltale/protocol";
import { selectYearlyValue } from "../accounts/account-value.ts";
import type { Sql, SqlQueryable } from "../db/client.ts";

/** Something that an account asked for: an answer to a survey, or a request from elsewhere. */
export interface RequestRow {
  /** Of an answer: impression and question, with a dot between them. */
  id: string;
  kind: "request" | "answer";
  accountId: string;
  accountName: string | null;
  tier: Tier;
  valueAtRisk: number;
  text: string;
  choices: string[];
  tags: string[];
  source: string;
  at: Date;
}

/** What is looked at; times are ISO 8601. */
export interface RequestSpan {
  projectId: string;
  since: string;
}

/** Answers that say or ask something, and requests. */
const toAsked = (sql: Sql, { projectId, since }: RequestSpan) => sql`
  SELECT r.impression_id::text || '.' || r.question_id AS id, 'answer' AS kind, r.account_id,
    coalesce(r.text, '') AS text, r.choices, r.tags, r.survey_id, '' AS source, r.answered_at AS at
  FROM survey_responses r
  WHERE r.project_id = ${projectId} AND r.answered_at > ${since}::timestamptz
    AND r.account_id <> '' AND (r.text <> '' OR r.tags <> '{}')
  UNION ALL
  SELECT q.id::text, 'request', q.account_id, q.text, '{}', q.tags, NULL, q.source, q.requested_at
  FROM requests q
  WHERE q.project_id = ${projectId} AND q.requested_at > ${since}::timestamptz`;

const isAtRisk = (sql: Sql) => sql`h.tier IN ('at_risk', 'critical')`;

/** Where a page of requests ended. */
export interface RequestPosition {
  at: string;
  id: string;
}

/** Newest first. */
export async function findRequests(
  sql: Sql,
  span: RequestSpan,
  page: { tag: string; isAtRisk: boolean; after: RequestPosition | null; limit: number },
): Promise<RequestRow[]> {
  const { projectId } = span;
  return sql<RequestRow[]>`
    SELECT asked.id, asked.kind, asked.account_id AS "accountId", a.name AS "accountName",
      coalesce(h.tier, 'unknown') AS tier, asked.text, asked.choices, asked.tags,
      coalesce(s.name, asked.source) AS source, asked.at,
      coalesce(CASE WHEN ${isAtRisk(sql)} THEN ${selectYearlyValue(sql)} END, 0) AS "valueAtRisk"
    FROM (${toAsked(sql, span)}) asked
    JOIN accounts a ON a.project_id = ${projectId} AND a.account_id = asked.account_id
    LEFT JOIN account_health h ON h.project_id = ${projectId} AND h.account_id = asked.account_id
    LEFT JOIN surveys s ON s.project_id = ${projectId} AND s.id = asked.survey_id
    WHERE ${page.isAtRisk ? isAtRisk(sql) : sql`true`}
      AND ${page.tag === "" ? sql`true` : sql`${page.tag} = ANY(asked.tags)`}
      AND ${
        page.after === null
          ? sql`true`
          : sql`(asked.at, asked.id) < (${page.after.at}::timestamptz, ${page.after.id})`
      }
    ORDER BY asked.at DESC, asked.id DESC LIMIT ${page.limit}`;
}

/** A tag with who stands behind it. */
export interface RoadmapRow {
  tag: string;
  mentions: number;
  accounts: number;
  atRisk: number;
  value: number;
  valueAtRisk: number;
  newestAt: Date;
}

/** Tags by the value at risk behind them; an account counts once for each. */
export async function countTags(sql: Sql, span: RequestSpan, limit: number): Promise<RoadmapRow[]> {
  const { projectId } = span;
  return sql<RoadmapRow[]>`
    SELECT tag, sum(mentions)::int AS mentions, count(*)::int AS accounts,
      count(*) FILTER (WHERE ${isAtRisk(sql)})::int AS "atRisk",
      coalesce(sum(${selectYearlyValue(sql)}), 0) AS value,
      coalesce(sum(${selectYearlyValue(sql)}) FILTER (WHERE ${isAtRisk(sql)}), 0) AS "valueAtRisk",
      max(newest) AS "newestAt"
    FROM (
      SELECT tag, asked.account_id, count(*) AS mentions, max(asked.at) AS newest
      FROM (${toAsked(sql, span)}) asked, LATERAL unnest(asked.tags) AS tag GROUP BY 1, 2
    ) wish
    JOIN accounts a ON a.project_id = ${projectId} AND a.account_id = wish.account_id
    LEFT JOIN account_health h ON h.project_id = ${projectId} AND h.account_id = wish.account_id
    GROUP BY 1 ORDER BY "valueAtRisk" DESC, value DESC, mentions DESC, tag LIMIT ${limit}`;
}

/** An account that asked for something, with what it said last. */
export interface AskerRow {
  accountId: string;
  accountName: string | null;
  tier: Tier;
  value: number;
  mentions: number;
  newestAt: Date;
}

/** Who asked for what a tag stands for: those at risk first, the most valuable on top. */
export async function findAskers(
  sql: Sql,
  span: RequestSpan,
  { tag, limit }: { tag: string; limit: number },
): Promise<AskerRow[]> {
  const { projectId } = span;
  return sql<AskerRow[]>`
    SELECT wish.account_id AS "accountId", a.name AS "accountName",
      coalesce(h.tier, 'unknown') AS tier, coalesce(${selectYearlyValue(sql)}, 0) AS value,
      wish.mentions, wish.newest AS "newestAt"
    FROM (
      SELECT asked.account_id, count(*)::int AS mentions, max(asked.at) AS newest
      FROM (${toAsked(sql, span)}) asked WHERE ${tag} = ANY(asked.tags) GROUP BY 1
    ) wish
    JOIN accounts a ON a.project_id = ${projectId} AND a.account_id = wish.account_id
    LEFT JOIN account_health h ON h.project_id = ${projectId} AND h.account_id = wish.account_id
    ORDER BY coalesce(${isAtRisk(sql)}, false) DESC, value DESC, wish.account_id LIMIT ${limit}`;
}

/** Accounts of this id or name, the one with the id first. */
export async function findNamedAccounts(
  sql: SqlQueryable,
  projectId: string,
  word: string,
): Promise<{ accountId: string; name: string | null }[]> {
  return sql<{ accountId: string; name: string | null }[]>`
    SELECT account_id AS "accountId", name FROM accounts
    WHERE project_id = ${projectId} AND (account_id = ${word} OR lower(name) = lower(${word}))
    ORDER BY (account_id = ${word}) DESC, account_id LIMIT 5`;
}

/** Texts of accounts at risk that nobody tagged yet. */
export async function countUntagged(sql: Sql, span: RequestSpan): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${toAsked(sql, span)}) asked
    JOIN account_health h ON h.project_id = ${span.projectId}
      AND h.account_id = asked.account_id AND ${isAtRisk(sql)}
    WHERE asked.tags = '{}'`;
  return row?.count ?? 0;
}

/** @returns whether there is such an answer */
export async function updateAnswerTags(
  sql: SqlQueryable,
  answer: { projectId: string; impressionId: string; questionId: string; tags: string[] },
): Promise<boolean> {
  const rows = await sql`
    UPDATE survey_responses r SET tags = ${answer.tags}::text[]
    FROM prompt_impressions i
    WHERE i.project_id = ${answer.projectId} AND i.id = ${answer.impressionId}::text::uuid
      AND r.project_id = ${answer.projectId} AND r.account_id = i.account_id
      AND r.impression_id = i.id AND r.question_id = ${answer.questionId}
    RETURNING 1`;
  return rows.length > 0;
}

/** @returns whether there is such a request */
export async function updateRequestTags(
  sql: SqlQueryable,
  request: { projectId: string; id: string; tags: string[] },
): Promise<boolean> {
  const rows = await sql`
    UPDATE requests SET tags = ${request.tags}::text[]
    WHERE project_id = ${request.projectId} AND id = ${request.id}::text::uuid RETURNING 1`;
  return rows.length > 0;
}

/** A request to be stored; the time is ISO 8601. */
export interface StoredRequest {
  id: string;
  accountId: string;
  userId: string;
  text: string;
  source: string;
  tags: string[];
  requestedAt: string;
}

/** Stores requests; of two with the same account and id, the newer one stays. */
export async function upsertRequests(
  sql: SqlQueryable,
  projectId: string,
  rows: StoredRequest[],
): Promise<void> {
  // One order everywhere, so that two imports don't wait for each other in a circle.
  const keyOf = ({ accountId, id }: StoredRequest) => `${accountId} ${id}`;
  for (const row of [...rows].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) {
    await sql`
      INSERT INTO requests (project_id, account_id, id, user_id, text, source, tags, requested_at)
      VALUES (${projectId}, ${row.accountId}, ${row.id}, ${row.userId}, ${row.text}, ${row.source},
        ${row.tags}::text[], ${row.requestedAt}::timestamptz)
      ON CONFLICT (project_id, account_id, id) DO UPDATE SET user_id = excluded.user_id,
        text = excluded.text, source = excluded.source, tags = excluded.tags,
        requested_at = excluded.requested_at`;
  }
}
