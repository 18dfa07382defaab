import type { SqlQueryable } from "../db/client.ts";
import { CAP_HELD_MS } from "./decide-prompt.ts";

/** One prompt that a user of an account saw. */
export interface PromptFact {
  accountId: string;
  /** `anon:…` for a visitor without a name. */
  userId: string;
  shownAt: Date;
  answeredAt: Date | null;
  /** When it was answered or closed, or had been open for too long: before, it says nothing. */
  settledAt: Date;
}

/**
 * The prompts that users of some accounts saw in `(since, until]`, in order of account and time. What a
 * person asked for themselves is no prompt.
 *
 * @param span - ISO 8601
 */
export async function readPromptFacts(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  span: { since: string; until: string },
): Promise<PromptFact[]> {
  return sql<PromptFact[]>`
    SELECT account_id AS "accountId", user_id AS "userId", shown_at AS "shownAt",
      answered_at AS "answeredAt",
      least(shown_at + ${CAP_HELD_MS}::float8 * interval '1 millisecond', answered_at, closed_at)
        AS "settledAt"
    FROM prompt_impressions
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds}) AND NOT is_requested
      AND shown_at > ${span.since}::timestamptz AND shown_at <= ${span.until}::timestamptz
    ORDER BY account_id, shown_at, id`;
}
