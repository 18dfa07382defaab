import { RESERVED_EVENTS } from "@telltale/protocol";
import type { UsageRow } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import type { StoredTier } from "../db/schema/scores.ts";
import type { TraitChange } from "./standing.ts";

export interface AccountRow {
  accountId: string;
  name: string | null;
  traits: Record<string, unknown>;
  externalIds: Record<string, string>;
  createdAt: Date;
}

export async function readAccounts(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
): Promise<AccountRow[]> {
  return sql<AccountRow[]>`
    SELECT account_id AS "accountId", name, traits, external_ids AS "externalIds",
      created_at AS "createdAt"
    FROM accounts WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
    ORDER BY account_id`;
}

export async function readTraitChanges(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  traits: string[],
): Promise<TraitChange[]> {
  return sql<TraitChange[]>`
    SELECT owner_id AS "accountId", trait, changed_at AS "changedAt", value
    FROM trait_changes
    WHERE project_id = ${projectId} AND owner_kind = 'account' AND owner_id = ANY(${accountIds})
      AND trait = ANY(${traits})
    ORDER BY changed_at`;
}

/** A row as the engine takes it, so that no second object is made of each. */
export interface UsageFact extends UsageRow {
  accountId: string;
  /** What the event is about: a feature, a task, a kind of friction. */
  subject: string;
}

/** Calendar days, the first exclusive and the last inclusive. */
export interface DaySpan {
  since: string;
  until: string;
}

/** Moments, ISO 8601, the first exclusive and the last inclusive. */
export interface TimeSpan {
  since: string;
  until: string;
}

export async function readUsage(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  days: DaySpan,
): Promise<UsageFact[]> {
  return sql<UsageFact[]>`
    SELECT account_id AS "accountId", user_id AS "userId", (day - '1970-01-01'::date) AS day,
      event, subject, CASE WHEN event = ${RESERVED_EVENTS.featureUsed} THEN subject END AS feature,
      count::float8 AS count, engaged_ms::float8 / 1000 AS "engagedSeconds"
    FROM daily_usage
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
      AND day > ${days.since}::text::date AND day <= ${days.until}::text::date
    ORDER BY account_id, day, user_id, event, subject`;
}

/** The last day of use up to a day, of the accounts that have one. */
export async function readLastUsageDays(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  untilDay: string,
): Promise<Map<string, number>> {
  const rows = await sql<{ accountId: string; day: number }[]>`
    SELECT account_id AS "accountId", max(day) - '1970-01-01'::date AS day FROM daily_usage
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
      AND day <= ${untilDay}::text::date
    GROUP BY account_id`;
  return new Map(rows.map((row) => [row.accountId, row.day]));
}

export interface ResponseFact {
  accountId: string;
  userId: string;
  measure: "csat" | "nps" | "ces" | "thumbs";
  value100: number;
  answeredAt: Date;
}

export async function readResponses(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  times: TimeSpan,
): Promise<ResponseFact[]> {
  return sql<ResponseFact[]>`
    SELECT account_id AS "accountId", user_id AS "userId", measure, value_100 AS "value100",
      answered_at AS "answeredAt"
    FROM survey_responses
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
      AND measure IN ('csat', 'nps', 'ces', 'thumbs') AND value_100 IS NOT NULL
      AND answered_at > ${times.since}::timestamptz
      AND answered_at <= ${times.until}::timestamptz
    ORDER BY account_id, answered_at, impression_id, question_id`;
}

export interface ObservationFact {
  accountId: string;
  series: string;
  observedAt: Date;
  value: number;
}

export async function readObservations(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  times: TimeSpan,
): Promise<ObservationFact[]> {
  return sql<ObservationFact[]>`
    SELECT account_id AS "accountId", series, observed_at AS "observedAt", value FROM observations
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
      AND observed_at > ${times.since}::timestamptz
      AND observed_at <= ${times.until}::timestamptz
    ORDER BY account_id, series, observed_at`;
}

export interface StandingRow {
  accountId: string;
  score: number | null;
  tier: StoredTier;
  tierState: unknown;
  sequence: number;
}

export async function readStandings(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
): Promise<Map<string, StandingRow>> {
  const rows = await sql<StandingRow[]>`
    SELECT account_id AS "accountId", score, tier, tier_state AS "tierState",
      sequence::float8 AS sequence
    FROM account_health WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
    ORDER BY account_id FOR UPDATE`;
  return new Map(rows.map((row) => [row.accountId, row]));
}

/** Scores of the last day on or before each of two days, for the change over 7 and 30 days. */
export async function readEarlierScores(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  day: string,
): Promise<Map<string, number | null>> {
  const rows = await sql<{ accountId: string; score: number | null }[]>`
    SELECT DISTINCT ON (account_id) account_id AS "accountId", score FROM scores
    WHERE project_id = ${projectId} AND account_id = ANY(${accountIds})
      AND day <= ${day}::text::date AND day > ${day}::text::date - 7
    ORDER BY account_id, day DESC`;
  return new Map(rows.map((row) => [row.accountId, row.score]));
}

export interface NewScore {
  accountId: string;
  day: string;
  score: number | null;
  tier: string;
  confidence: number;
  coverage: number;
  modelVersion: string;
  normsVersion: string;
  inputHash: string;
  sequence: number;
  detail: string;
  tierState: string;
  tierSince: string;
}

/** Writes the day's scores and where the accounts stand now. */
export async function upsertScores(
  sql: SqlQueryable,
  projectId: string,
  asOf: string,
  rows: NewScore[],
): Promise<void> {
  const of = <Value>(pick: (row: NewScore) => Value): Value[] => rows.map(pick);
  await sql`
    INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
      model_version, norms_version, input_hash, sequence, detail)
    SELECT ${projectId}::uuid, account_id, day::date, score, tier, confidence, coverage,
      ${asOf}::timestamptz, model_version, norms_version, input_hash, sequence, detail::jsonb
    FROM unnest(
      ${of((row) => row.accountId)}::text[], ${of((row) => row.day)}::text[],
      ${of((row) => row.score)}::float8[], ${of((row) => row.tier)}::text[],
      ${of((row) => row.confidence)}::float8[], ${of((row) => row.coverage)}::float8[],
      ${of((row) => row.modelVersion)}::text[], ${of((row) => row.normsVersion)}::text[],
      ${of((row) => row.inputHash)}::text[], ${of((row) => row.sequence)}::bigint[],
      ${of((row) => row.detail)}::text[]
    ) AS row (account_id, day, score, tier, confidence, coverage, model_version, norms_version,
      input_hash, sequence, detail)
    ON CONFLICT (project_id, account_id, day) DO UPDATE SET
      score = excluded.score, tier = excluded.tier, confidence = excluded.confidence,
      coverage = excluded.coverage, as_of = excluded.as_of, model_version = excluded.model_version,
      norms_version = excluded.norms_version, input_hash = excluded.input_hash,
      sequence = excluded.sequence, detail = excluded.detail`;
  await sql`
    INSERT INTO account_health (project_id, account_id, score, tier, tier_state, tier_since, as_of,
      sequence)
    SELECT ${projectId}::uuid, account_id, score, tier, tier_state::jsonb, tier_since::timestamptz,
      ${asOf}::timestamptz, sequence
    FROM unnest(
      ${of((row) => row.accountId)}::text[], ${of((row) => row.score)}::float8[],
      ${of((row) => row.tier)}::text[], ${of((row) => row.tierState)}::text[],
      ${of((row) => row.tierSince)}::text[], ${of((row) => row.sequence)}::bigint[]
    ) AS row (account_id, score, tier, tier_state, tier_since, sequence)
    ON CONFLICT (project_id, account_id) DO UPDATE SET
      score = excluded.score, tier = excluded.tier, tier_state = excluded.tier_state,
      tier_since = excluded.tier_since, as_of = excluded.as_of, sequence = excluded.sequence`;
}

/** A page of account ids in order, after a given one. */
export async function readAccountIds(
  sql: SqlQueryable,
  projectId: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await sql<{ accountId: string }[]>`
    SELECT account_id AS "accountId" FROM accounts
    WHERE project_id = ${projectId} AND account_id > ${after}
    ORDER BY account_id LIMIT ${limit}`;
  return rows.map((row) => row.accountId);
}

export async function countAccounts(sql: SqlQueryable, projectId: string): Promise<number> {
  const rows = await sql<{ count: number }[]>`
    SELECT count(*)::float8 AS count FROM accounts WHERE project_id = ${projectId}`;
  return rows[0]?.count ?? 0;
}
