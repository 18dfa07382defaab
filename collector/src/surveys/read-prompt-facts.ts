import type { SqlQueryable } from "../db/client.ts";
import { CAP_HELD_MS } from "./decide-prompt.ts";

/** One prompt that a user of an account saw. */
export interface PromptFact {
  accountId: string;
  /** `anon:…` for a visitor without a name. */
  userId: string;
  shownAt: Date;
  /** Whether an answer had come by the end of the span. */
  isAnswered: boolean;
}

/**
 * The prompts that users of some accounts saw in `(since, until]`, in order of account and time. What a
 * person asked for themselves is no prompt, and one that is still open says nothing yet.
 *
 * @param span - ISO 8601
 */
export async function readPromptFacts(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  span: { since: string; until: string },
): Promise<PromptFact[]> {
  const openSince = new Date(Date.parse(span.until) - CAP_HELD_MS).toISOString();
  return sql<PromptFact[]>`
    SELECT account_id AS "accountId", user_id AS "userId", shown_at AS "shownAt",
      coalesce(answered_at <= ${span.until}::timestamptz, false) AS "isAnswered"
    FROM prompt_impressions
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds}) AND NOT is_requested
      AND shown_at > ${span.since}::timestamptz AND shown_at <= ${span.until}::timestamptz
      AND (shown_at <= ${openSince}::timestamptz OR answered_at <= ${span.until}::timestamptz
        OR closed_at <= ${span.until}::timestamptz)
    ORDER BY account_id, shown_at, id`;
}
