import type { SqlQueryable } from "../db/client.ts";
import type { ImpressionState } from "../db/schema/surveys.ts";
import type { Traits } from "./matches-filter.ts";
import type { Survey, SurveyDefinition } from "./survey-definition.ts";

/** Who asks for which survey. Empty texts stand for what is not known. */
export interface PromptWish {
  projectId: string;
  surveyId: string | null;
  surveyKey: string | null;
  userId: string;
  anonymousId: string;
  accountId: string;
  sessionId: string;
}

/** One earlier prompt of the same person, on any device. */
export interface PastPrompt {
  surveyId: string;
  isNps: boolean;
  isRequested: boolean;
  state: ImpressionState;
  sessionId: string;
  claimedAtMs: number;
  shownAtMs: number | null;
  answeredAtMs: number | null;
  closedAtMs: number | null;
}

/** What is known of a wish. */
export interface PromptRecord {
  survey: Survey;
  /** The user that the visitor is known to be; empty for a stranger. */
  userId: string;
  accountId: string;
  userTraits: Traits;
  accountTraits: Traits;
  past: PastPrompt[];
  /** When prompts of this account began within the last day, newest first. */
  accountPromptsMs: number[];
  capUsed: number;
  quotaUsed: { [segment: string]: number };
  /** The person's data was erased on their wish, and stays away. */
  isErased: boolean;
}

interface Row {
  id: string;
  key: string;
  name: string;
  status: Survey["status"];
  definition: SurveyDefinition;
  version: number;
  created_at: Date;
  updated_at: Date;
  live_at: Date | null;
  user_id: string;
  account_id: string;
  user_traits: Traits | null;
  account_traits: Traits | null;
  past: PastPrompt[];
  account_prompts: number[];
  cap_used: string | number;
  quota_used: { [segment: string]: number };
  is_erased: boolean;
}

/** Moments that the query compares with, ISO 8601. */
export interface ClaimMoments {
  /** Grants from before this that were never shown are void. */
  claimsSince: string;
  /** Shown surveys from before this no longer hold a place under a cap. */
  shownSince: string;
  daySince: string;
}

/** Rows `p` of prompts, all as one value: a list of {@link PastPrompt}. */
export const selectPast = (sql: SqlQueryable) => sql`
  coalesce(json_agg(json_build_object(
    'surveyId', p.survey_id, 'isNps', p.is_nps, 'isRequested', p.is_requested,
    'state', p.state, 'sessionId', p.session_id,
    'claimedAtMs', floor(extract(epoch FROM p.claimed_at) * 1000),
    'shownAtMs', floor(extract(epoch FROM p.shown_at) * 1000),
    'answeredAtMs', floor(extract(epoch FROM p.answered_at) * 1000),
    'closedAtMs', floor(extract(epoch FROM p.closed_at) * 1000))), '[]')`;

/**
 * Reads in one go what decides a claim. A person is a user with all visitors that turned out to be
 * that user; for a visitor without a name also the prompts that this browser was granted under one.
 *
 * @returns null when there is no such survey
 */
export async function findPromptRecord(
  sql: SqlQueryable,
  wish: PromptWish,
  moments: ClaimMoments,
): Promise<PromptRecord | null> {
  const { projectId, userId, anonymousId, accountId } = wish;
  const rows = await sql<Row[]>`
    WITH who AS (
      SELECT coalesce(nullif(${userId}, ''), (
        SELECT a.user_id FROM user_aliases a
        WHERE a.project_id = ${projectId} AND a.anonymous_id = ${anonymousId}), '') AS user_id
    ), ids AS (
      SELECT ARRAY(
        SELECT user_id FROM who WHERE user_id <> ''
        UNION ALL SELECT 'anon:' || ${anonymousId}::text WHERE ${anonymousId} <> ''
        UNION ALL SELECT 'anon:' || a.anonymous_id FROM user_aliases a
          WHERE a.project_id = ${projectId} AND a.user_id = (SELECT user_id FROM who)
      ) AS ids
    ), person AS (
      SELECT who.user_id, u.traits,
        coalesce(nullif(${accountId}, ''), u.account_id, '') AS account_id
      FROM who LEFT JOIN users u ON u.project_id = ${projectId} AND u.user_id = who.user_id
    ), prompts AS (
      SELECT i.* FROM prompt_impressions i
      WHERE i.project_id = ${projectId} AND i.user_id = ANY((SELECT ids FROM ids)::text[])
      UNION ALL
      SELECT i.* FROM prompt_impressions i
      WHERE (SELECT user_id FROM who) = '' AND i.project_id = ${projectId}
        AND i.anonymous_id = ${anonymousId} AND i.anonymous_id <> ''
        AND i.user_id <> 'anon:' || ${anonymousId}::text
    )
    SELECT s.id, s.key, s.name, s.status, s.definition, s.version, s.created_at, s.updated_at, s.live_at,
      person.user_id, person.account_id, person.traits AS user_traits, a.traits AS account_traits,
      (SELECT ${selectPast(sql)} FROM prompts p) AS past,
      (SELECT coalesce(json_agg(floor(extract(epoch FROM i.claimed_at) * 1000)
          ORDER BY i.claimed_at DESC), '[]')
        FROM prompt_impressions i
        WHERE person.account_id <> '' AND i.project_id = ${projectId}
          AND i.account_id = person.account_id AND NOT i.is_requested
          AND i.claimed_at > ${moments.daySince}::timestamptz
          AND (i.state <> 'claimed' OR i.claimed_at > ${moments.claimsSince}::timestamptz)
        ) AS account_prompts,
      CASE WHEN s.definition -> 'responseCap' <> 'null'::jsonb THEN (
        SELECT count(*) FROM prompt_impressions i
        WHERE i.project_id = ${projectId} AND i.survey_id = s.id AND (i.answered_at IS NOT NULL
          OR (i.state = 'claimed' AND i.claimed_at > ${moments.claimsSince}::timestamptz)
          OR (i.state = 'shown' AND i.shown_at > ${moments.shownSince}::timestamptz)))
        ELSE 0 END AS cap_used,
      CASE WHEN s.definition ? 'quotas' THEN (
        SELECT coalesce(json_object_agg(used.segment, used.count), '{}') FROM (
          SELECT quota.segment, count(*)::int AS count
          FROM prompt_impressions i CROSS JOIN unnest(i.quota_segments) AS quota(segment)
          WHERE i.project_id = ${projectId} AND i.survey_id = s.id AND (i.answered_at IS NOT NULL
            OR (i.state = 'claimed' AND i.claimed_at > ${moments.claimsSince}::timestamptz)
            OR (i.state = 'shown' AND i.shown_at > ${moments.shownSince}::timestamptz))
          GROUP BY 1) AS used)
        ELSE '{}' END AS quota_used,
      EXISTS (SELECT 1 FROM erased_people e
        WHERE e.project_id = ${projectId} AND e.person_hash IN (
          sha256(convert_to('user:' || person.user_id, 'UTF8')),
          sha256(convert_to('anon:' || ${anonymousId}::text, 'UTF8')))) AS is_erased
    FROM surveys s CROSS JOIN person
    LEFT JOIN accounts a ON a.project_id = ${projectId} AND a.account_id = person.account_id
    WHERE s.project_id = ${projectId}
      AND (s.id = ${wish.surveyId}::uuid OR s.key = ${wish.surveyKey}::text)
    LIMIT 1`;
  const [row] = rows;
  if (!row) return null;
  return {
    survey: {
      id: row.id,
      key: row.key,
      name: row.name,
      status: row.status,
      definition: row.definition,
      version: row.version,
      // A claim is about what is asked now.
      draft: null,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      liveAt: row.live_at,
    },
    userId: row.user_id,
    accountId: row.account_id,
    userTraits: row.user_traits ?? {},
    accountTraits: row.account_traits ?? {},
    past: row.past,
    accountPromptsMs: row.account_prompts,
    capUsed: Number(row.cap_used),
    quotaUsed: row.quota_used,
    isErased: row.is_erased,
  };
}

/** The surveys of a project that have tags. */
export async function findTagged(
  sql: SqlQueryable,
  projectId: string,
): Promise<{ id: string; tags: string[] }[]> {
  return sql`
    SELECT id, definition -> 'tags' AS tags FROM surveys
    WHERE project_id = ${projectId} AND definition ? 'tags'`;
}

/**
 * Locks names until the transaction ends. All claims lock in the same order, so none waits for
 * another in a circle.
 *
 * @param names - sorted
 */
export async function lockNames(
  sql: SqlQueryable,
  projectId: string,
  names: string[],
): Promise<void> {
  await sql`
    SELECT pg_advisory_xact_lock(hashtextextended(${projectId} || ' ' || name, 5))
    FROM unnest(${names}::text[]) AS name`;
}

/** A grant. */
export interface NewImpression {
  projectId: string;
  id: string;
  surveyId: string;
  accountId: string;
  userId: string;
  anonymousId: string;
  sessionId: string;
  isRequested: boolean;
  isNps: boolean;
  locale: string;
  /** Of the survey. */
  version: number;
  /** Segments of the account that the survey has quotas for. */
  quotaSegments: string[];
  /** ISO 8601. */
  claimedAt: string;
}

export async function insertImpression(sql: SqlQueryable, grant: NewImpression): Promise<void> {
  await sql`
    INSERT INTO prompt_impressions (project_id, id, survey_id, account_id, user_id, anonymous_id,
      session_id, state, claimed_at, is_requested, is_nps, locale, version, quota_segments)
    VALUES (${grant.projectId}, ${grant.id}, ${grant.surveyId}, ${grant.accountId}, ${grant.userId},
      ${grant.anonymousId}, ${grant.sessionId}, 'claimed', ${grant.claimedAt}::timestamptz,
      ${grant.isRequested}, ${grant.isNps}, ${grant.locale}, ${grant.version},
      ${grant.quotaSegments}::text[])`;
}
