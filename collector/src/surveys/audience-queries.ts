import type { SqlQueryable } from "../db/client.ts";
import { type PastPrompt, selectPast } from "./claim-queries.ts";
import type { Traits } from "./matches-filter.ts";

/** A user with what decides about prompts. */
export interface AudienceMember {
  userId: string;
  accountId: string;
  userTraits: Traits;
  accountTraits: Traits | null;
  past: PastPrompt[];
  accountPromptsMs: number[];
}

/**
 * Users that were seen lately, in the order of their ids, each with their earlier prompts.
 *
 * @param page - times in ISO 8601; `after` is the last id of the page before
 */
export async function findAudience(
  sql: SqlQueryable,
  projectId: string,
  page: { seenSince: string; daySince: string; claimsSince: string; after: string; limit: number },
): Promise<AudienceMember[]> {
  return sql<AudienceMember[]>`
    SELECT u.user_id AS "userId", coalesce(u.account_id, '') AS "accountId",
      u.traits AS "userTraits", a.traits AS "accountTraits",
      (SELECT ${selectPast(sql)}
        FROM prompt_impressions p
        WHERE p.project_id = ${projectId} AND p.user_id = ANY(ARRAY(
          SELECT u.user_id UNION ALL SELECT 'anon:' || alias.anonymous_id FROM user_aliases alias
          WHERE alias.project_id = ${projectId} AND alias.user_id = u.user_id))) AS past,
      (SELECT coalesce(json_agg(floor(extract(epoch FROM i.claimed_at) * 1000)
          ORDER BY i.claimed_at DESC), '[]')
        FROM prompt_impressions i
        WHERE i.project_id = ${projectId} AND i.account_id = u.account_id AND NOT i.is_requested
          AND i.claimed_at > ${page.daySince}::timestamptz
          AND (i.state <> 'claimed' OR i.claimed_at > ${page.claimsSince}::timestamptz)
        ) AS "accountPromptsMs"
    FROM users u
    LEFT JOIN accounts a ON a.project_id = u.project_id AND a.account_id = u.account_id
    WHERE u.project_id = ${projectId} AND u.user_id > ${page.after}
      AND u.last_seen_at > ${page.seenSince}::timestamptz
    ORDER BY u.user_id LIMIT ${page.limit}`;
}
