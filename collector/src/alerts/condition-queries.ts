import type { SqlQueryable } from "../db/client.ts";
import { readDeparted } from "../outcomes/queries.ts";
import { START_DAYS, type Trigger } from "./rule.ts";

/** An account for which a rule's condition is not clearly gone. */
export interface Found {
  accountId: string;
  isMet: boolean;
  /** What was measured, in the trigger's unit. */
  value: number;
}

/** The moment that a rule is looked at. */
export interface Look {
  projectId: string;
  /** The last moment that counts, ISO 8601. */
  at: string;
  /** Its calendar day in the project's time zone. */
  day: string;
}

/** A condition is clearly gone when less than this share of it is left. */
const CLEAR_SHARE = 0.6;
/** Scores older than this say nothing about now, in days. */
const FRESH_DAYS = 7;

type Find<Kind extends Trigger["kind"]> = (
  sql: SqlQueryable,
  look: Look,
  trigger: Extract<Trigger, { kind: Kind }>,
) => Promise<Found[]>;

/**
 * The tier is held by its own hysteresis. Coming from healthy counts at once; having started low
 * counts when it is no start any more.
 */
const findTier: Find<"tier"> = (sql, { projectId, day }, { to }) => sql<Found[]>`
  WITH latest AS (
    SELECT DISTINCT ON (account_id) account_id, day, score, tier FROM scores
    WHERE project_id = ${projectId} AND day <= ${day}::text::date
      AND day > ${day}::text::date - ${FRESH_DAYS}::int
    ORDER BY account_id, day DESC
  )
  SELECT account_id AS "accountId", coalesce(score, 0) AS value,
    tier = ANY(${to}) AND EXISTS (
      SELECT 1 FROM scores AS earlier
      WHERE earlier.project_id = ${projectId} AND earlier.account_id = latest.account_id
        AND earlier.day < latest.day AND earlier.score IS NOT NULL
        AND (earlier.tier = 'healthy' OR earlier.day <= latest.day - ${START_DAYS}::int)
    ) AS "isMet"
  FROM latest WHERE tier <> 'healthy'`;

/** A mean over so many half-lives misses 3 % of the weight. */
const MEAN_HALF_LIVES = 5;

/** What the model in force smooths scores with; null: not at all. */
async function readHalfLife(sql: SqlQueryable, { projectId, at }: Look): Promise<number | null> {
  const [model] = await sql<{ days: number | null }[]>`
    SELECT (document ->> 'smoothingHalfLifeDays')::float8 AS days FROM model_versions
    WHERE project_id = ${projectId} AND effective_at <= ${at}::timestamptz
    ORDER BY effective_at DESC LIMIT 1`;
  return model?.days ?? null;
}

/** The newest score of each account, or the mean of its scores, each weighted by its recency. */
function newestScores(sql: SqlQueryable, { projectId, day }: Look, halfLifeDays: number | null) {
  if (halfLifeDays === null) {
    return sql`
      SELECT DISTINCT ON (account_id) account_id, score FROM scores
      WHERE project_id = ${projectId} AND day <= ${day}::text::date
        AND day > ${day}::text::date - ${FRESH_DAYS}::int
      ORDER BY account_id, day DESC`;
  }
  const reach = FRESH_DAYS + Math.ceil(MEAN_HALF_LIVES * halfLifeDays);
  return sql`
    SELECT account_id, sum(weight * score) / sum(weight) AS score
    FROM (
      SELECT account_id, day, score,
        power(0.5, (${day}::text::date - day)::float8 / ${halfLifeDays}::float8) AS weight
      FROM scores
      WHERE project_id = ${projectId} AND score IS NOT NULL AND day <= ${day}::text::date
        AND day > ${day}::text::date - ${reach}::int
    ) AS weighted
    GROUP BY account_id HAVING max(day) > ${day}::text::date - ${FRESH_DAYS}::int`;
}

const findDrop: Find<"drop"> = async (sql, look, { points, days }) => {
  const { projectId, day } = look;
  return sql<Found[]>`
    WITH latest AS (${newestScores(sql, look, await readHalfLife(sql, look))}), before AS (
      SELECT account_id, max(score) AS score FROM scores
      WHERE project_id = ${projectId} AND day < ${day}::text::date
        AND day >= ${day}::text::date - ${days}::int
      GROUP BY account_id
    )
    SELECT account_id AS "accountId", before.score - latest.score AS value,
      before.score - latest.score >= ${points} AS "isMet"
    FROM latest JOIN before USING (account_id)
    WHERE before.score - latest.score >= ${points * CLEAR_SHARE}::float8`;
};

const findSlope: Find<"slope"> = (sql, { projectId, day }, { pointsPerWeek, days }) => sql<Found[]>`
  SELECT account_id AS "accountId", -7 * slope AS value, -7 * slope >= ${pointsPerWeek} AS "isMet"
  FROM (
    SELECT account_id, regr_slope(score, (day - '1970-01-01'::date)::float8) AS slope FROM scores
    WHERE project_id = ${projectId} AND day <= ${day}::text::date
      AND day > ${day}::text::date - ${days}::int AND score IS NOT NULL
    GROUP BY account_id HAVING count(*) >= ${Math.ceil(days / 2)}::int
  ) AS trend
  WHERE -7 * slope >= ${pointsPerWeek * CLEAR_SHARE}::float8`;

const findStale: Find<"stale"> = (sql, { projectId, at, day }, { source, days }) => {
  const last =
    source === "usage"
      ? sql`SELECT account_id, max(day) AS day FROM daily_usage
          WHERE project_id = ${projectId} AND account_id <> '' AND day <= ${day}::text::date
          GROUP BY account_id`
      : source === "answers"
        ? sql`SELECT account_id, max(answered_at)::date AS day FROM survey_responses
            WHERE project_id = ${projectId} AND answered_at <= ${at}::timestamptz
            GROUP BY account_id`
        : sql`SELECT account_id, max(observed_at)::date AS day FROM observations
            WHERE project_id = ${projectId} AND series = ${source}
              AND observed_at <= ${at}::timestamptz
            GROUP BY account_id`;
  return sql<Found[]>`
    SELECT account_id AS "accountId", (${day}::text::date - day)::float8 AS value, true AS "isMet"
    FROM (${last}) AS last WHERE day <= ${day}::text::date - ${days}::int`;
};

const findDetractor: Find<"detractor"> = (sql, { projectId, at }, { measure, atMost, days }) =>
  sql<Found[]>`
    SELECT account_id AS "accountId", min(value_100) AS value, true AS "isMet"
    FROM survey_responses
    WHERE project_id = ${projectId} AND account_id <> '' AND answered_at <= ${at}::timestamptz
      AND answered_at > ${at}::timestamptz - make_interval(days => ${days}::int)
      AND measure IN ('csat', 'nps', 'ces', 'thumbs')
      AND (${measure} = 'any' OR measure = ${measure}) AND value_100 <= ${atMost}
    GROUP BY account_id`;

/** Ninety days later it is a fact, not an alert. */
const findOverdue: Find<"milestone_overdue"> = (sql, { projectId, at }, { milestone, days }) =>
  sql<Found[]>`
    SELECT account_id AS "accountId", true AS "isMet",
      floor(extract(epoch FROM ${at}::timestamptz - created_at) / 86400 - ${days}::int)::float8 AS value
    FROM accounts
    WHERE project_id = ${projectId}
      AND created_at <= ${at}::timestamptz - make_interval(days => ${days}::int)
      AND created_at > ${at}::timestamptz - make_interval(days => ${days + 90}::int)
      AND NOT EXISTS (
        SELECT 1 FROM milestones_reached AS reached
        WHERE reached.project_id = ${projectId} AND reached.account_id = accounts.account_id
          AND reached.milestone = ${milestone} AND reached.reached_at <= ${at}::timestamptz
      )`;

const findFriction: Find<"friction"> = (sql, { projectId, day }, { features, days }) => sql<
  Found[]
>`
  SELECT account_id AS "accountId", features::float8 AS value, features >= ${features} AS "isMet"
  FROM (
    SELECT account_id, count(DISTINCT subject) FILTER (WHERE event = 'Feature Used') AS features,
      count(*) FILTER (WHERE event = 'Task Completed') AS completed
    FROM daily_usage
    WHERE project_id = ${projectId} AND account_id <> '' AND day <= ${day}::text::date
      AND day > ${day}::text::date - ${days}::int AND event IN ('Feature Used', 'Task Completed')
    GROUP BY account_id
  ) AS explored
  WHERE completed = 0 AND features >= ${Math.ceil(features * CLEAR_SHARE)}::int`;

const findExpansion: Find<"expansion"> = (sql, { projectId, day }, trigger) => {
  const { minScore, growthShare, days } = trigger;
  return sql<Found[]>`
    WITH latest AS (
      SELECT DISTINCT ON (account_id) account_id, score FROM scores
      WHERE project_id = ${projectId} AND day <= ${day}::text::date
        AND day > ${day}::text::date - ${FRESH_DAYS}::int
      ORDER BY account_id, day DESC
    ), used AS (
      SELECT account_id,
        sum(count) FILTER (WHERE day > ${day}::text::date - ${days}::int)::float8 AS now,
        sum(count) FILTER (WHERE day <= ${day}::text::date - ${days}::int)::float8 AS before
      FROM daily_usage
      WHERE project_id = ${projectId} AND day <= ${day}::text::date
        AND day > ${day}::text::date - ${2 * days}::int
      GROUP BY account_id
    )
    SELECT account_id AS "accountId", now / before - 1 AS value,
      score >= ${minScore} AND now / before - 1 >= ${growthShare} AS "isMet"
    FROM latest JOIN used USING (account_id)
    WHERE before > 0 AND score >= ${minScore - 5}::float8
      AND now / before - 1 >= ${growthShare * CLEAR_SHARE}::float8`;
};

const FINDERS: { [Kind in Trigger["kind"]]: Find<Kind> } = {
  tier: findTier,
  drop: findDrop,
  slope: findSlope,
  stale: findStale,
  detractor: findDetractor,
  milestone_overdue: findOverdue,
  friction: findFriction,
  expansion: findExpansion,
};

/**
 * The accounts that a trigger is true for, or not yet clearly untrue, from what was known at a
 * moment. Today and any past day are asked alike, so a dry run decides as the rule will. Accounts
 * that left are left alone.
 */
export async function findByTrigger(
  sql: SqlQueryable,
  look: Look,
  trigger: Trigger,
): Promise<Found[]> {
  const find = FINDERS[trigger.kind] as Find<Trigger["kind"]>;
  const found = await find(sql, look, trigger as never);
  const left = await readDeparted(sql, look.projectId, look.day);
  return found.filter((row) => !left.has(row.accountId));
}
