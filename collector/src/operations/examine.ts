import { MOST_CONNECTIONS, type Sql } from "../db/client.ts";
import { findMissingMigrations } from "../db/migrate.ts";
import { compareAppSecret } from "./app-secret.ts";
import { examineCluster } from "./examine-cluster.ts";
import { listPartitions, monthOf } from "./partitions.ts";
import { readQueues } from "./queues.ts";
import { recountUsage } from "./recount-usage.ts";

/** One thing that was looked at. */
export interface Finding {
  check: string;
  isGood: boolean;
  detail: string;
}

interface ExamineOptions {
  nowMs: number;
  recount: "usage" | "nothing";
  /** Null: there is none on this machine to compare. */
  appSecret: string | null;
}

const MIN_POSTGRES = 15;
const MAX_QUEUE_SECONDS = 60;
const MAX_CLOCK_MS = 2_000;

/** Looks for what would keep a collector from working well. */
export async function examine(sql: Sql, options: ExamineOptions): Promise<Finding[]> {
  const server = await examineServer(sql, options.nowMs);
  const schema = await examineSchema(sql);
  const { findings: cluster, isWhole } = await examineCluster(sql);
  const rest = isWhole ? await examineRest(sql, options) : [NOT_EXAMINED];
  return [...server, schema, ...cluster, ...rest];
}

const NOT_EXAMINED: Finding = {
  check: "the rest",
  isGood: false,
  detail: "not examined, for want of a node: APP_SECRET, partitions, queues, quarantine, usage",
};

/** What asks every node of a cluster. */
async function examineRest(sql: Sql, options: ExamineOptions): Promise<Finding[]> {
  return [
    await examineSecret(sql, options),
    await examinePartitions(sql, options.nowMs),
    ...(await examineQueues(sql)),
    await examineQuarantine(sql),
    ...(options.recount === "usage" ? [await examineUsage(sql)] : []),
  ];
}

async function examineServer(sql: Sql, nowMs: number): Promise<Finding[]> {
  const [server] = await sql<
    { version: string; sync: string; fsync: string; most: number; used: number; at: Date }[]
  >`
    SELECT current_setting('server_version') AS version,
      current_setting('synchronous_commit') AS sync, current_setting('fsync') AS fsync,
      current_setting('max_connections')::int AS most, clock_timestamp() AS at,
      (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend') AS used`;
  if (!server) return [];
  const { version, sync, fsync, most, used } = server;
  const skewMs = Math.round(server.at.getTime() - nowMs);
  return [
    {
      check: "Postgres",
      isGood: Number.parseInt(version, 10) >= MIN_POSTGRES,
      detail: `${version}; ${MIN_POSTGRES} or newer is needed`,
    },
    {
      check: "durability",
      isGood: sync !== "off" && fsync === "on",
      detail: `synchronous_commit is ${sync}, fsync is ${fsync}`,
    },
    {
      check: "connections",
      isGood: used < most * 0.8,
      detail: `${used} of ${most} are used; a process takes up to ${MOST_CONNECTIONS}`,
    },
    {
      check: "clock",
      isGood: Math.abs(skewMs) < MAX_CLOCK_MS,
      detail: `Postgres is ${skewMs} ms ahead of this machine`,
    },
  ];
}

async function examineSchema(sql: Sql): Promise<Finding> {
  const missing = await findMissingMigrations(sql);
  return {
    check: "schema",
    isGood: missing.length === 0,
    detail: missing.length === 0 ? "up to date" : `run telltale migrate: ${missing.join(", ")}`,
  };
}

async function examineSecret(sql: Sql, { appSecret, nowMs }: ExamineOptions): Promise<Finding> {
  const check = "APP_SECRET";
  if (appSecret === null) {
    return { check, isGood: true, detail: "none on this machine: nothing to compare" };
  }
  const comparison = await compareAppSecret(sql, appSecret, new Date(nowMs).toISOString());
  return comparison === "same"
    ? { check, isGood: true, detail: "the one that this database's secrets are sealed with" }
    : { check, isGood: false, detail: "another process of this database has a different one" };
}

async function examinePartitions(sql: Sql, nowMs: number): Promise<Finding> {
  const partitions = await listPartitions(sql);
  const wanted = [monthOf(nowMs), monthOf(nowMs, 1)].map(({ name }) => name);
  const missing = wanted.filter((name) => !partitions.includes(name));
  return {
    check: "partitions",
    isGood: missing.length === 0,
    detail:
      missing.length === 0
        ? `${partitions.length} months and rest`
        : `telltale migrate, each start and each hour of a worker make them: ${missing.join(", ")} missing`,
  };
}

async function examineQueues(sql: Sql): Promise<Finding[]> {
  const queues = await readQueues(sql);
  return queues.map(({ queue, waiting, oldestSeconds }) => ({
    check: `queue ${queue}`,
    isGood: oldestSeconds < MAX_QUEUE_SECONDS,
    detail: `${waiting} wait, the oldest for ${Math.round(oldestSeconds)} s`,
  }));
}

async function examineQuarantine(sql: Sql): Promise<Finding> {
  const rows = await sql<{ code: string; count: number }[]>`
    SELECT code, count(*)::int AS count FROM rejected_messages
    WHERE received_at > now() - interval '1 day' AND replayed_at IS NULL
    GROUP BY code ORDER BY count DESC`;
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const list = rows.map(({ code, count }) => `${code} ${count}`).join(", ");
  return {
    check: "quarantine",
    isGood: total < 1_000,
    detail: total === 0 ? "empty today" : `today ${list}`,
  };
}

async function examineUsage(sql: Sql): Promise<Finding> {
  const [kept] = await sql<{ day: string | null }[]>`
    SELECT (min(occurred_at) + interval '2 days')::date::text AS day FROM events`;
  const hasRetention = await sql`
    SELECT 1 FROM projects WHERE jsonb_typeof(settings->'retentionDays') = 'number' LIMIT 1`;
  const fromDay = hasRetention.length > 0 ? kept?.day : undefined;
  const differences = await sql.begin(async (tx) => {
    // Much data takes longer than the limit for everyday statements.
    await tx`SET LOCAL statement_timeout = 0`;
    return recountUsage(tx, { ...(fromDay && { fromDay }) });
  });
  return {
    check: "usage",
    isGood: differences.length === 0,
    detail:
      differences.length === 0
        ? "daily usage equals a recount of the raw events"
        : `differs from a recount: ${JSON.stringify(differences[0])} and ${differences.length - 1} more`,
  };
}
