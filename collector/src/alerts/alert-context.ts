import type { AccountHealth, Tier } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";
import type { ScoreChange } from "../webhooks/account-data.ts";

interface ContextRow {
  account_id: string;
  name: string | null;
  external_ids: Record<string, string>;
  detail: AccountHealth | null;
  previous_score: number | null;
  previous_tier: Tier | null;
}

/** Where accounts stand, for alerts that no new score has caused. */
export interface ContextWish {
  projectId: string;
  accountIds: string[];
  /** Without a slash at the end. */
  publicUrl: string;
  /** ISO 8601. */
  at: string;
}

/** The latest score of each account, and the one of the day before, as an alert tells them. */
export async function readContexts(
  sql: SqlQueryable,
  { projectId, accountIds, publicUrl, at }: ContextWish,
): Promise<Map<string, ScoreChange>> {
  if (accountIds.length === 0) return new Map();
  const rows = await sql<ContextRow[]>`
    WITH ranked AS (
      SELECT account_id, detail, score, tier,
        row_number() OVER (PARTITION BY account_id ORDER BY day DESC) AS place
      FROM scores WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
    )
    SELECT account.account_id, account.name, account.external_ids, latest.detail,
      before.score AS previous_score, before.tier AS previous_tier
    FROM accounts AS account
    LEFT JOIN ranked AS latest ON latest.account_id = account.account_id AND latest.place = 1
    LEFT JOIN ranked AS before ON before.account_id = account.account_id AND before.place = 2
    WHERE account.project_id = ${projectId} AND account.account_id = ANY(${accountIds})`;
  return new Map(
    rows.map((row): [string, ScoreChange] => [
      row.account_id,
      {
        projectId,
        account: { id: row.account_id, name: row.name, externalIds: row.external_ids },
        previous:
          row.previous_tier === null
            ? null
            : { score: row.previous_score, tier: row.previous_tier },
        current: row.detail ?? unscored(row.account_id, at),
        link: `${publicUrl}/dashboard/accounts/${encodeURIComponent(row.account_id)}`,
        at,
      },
    ]),
  );
}

function unscored(accountId: string, at: string): AccountHealth {
  return {
    accountId,
    score: null,
    tier: "unknown",
    confidence: 0,
    coverage: 0,
    band: null,
    baseline: null,
    asOf: at,
    modelVersion: "",
    normsVersion: "",
    components: [],
    drivers: [],
    change: { days7: null, days30: null },
    sequence: 0,
  };
}
