import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { type BulkPool, createBulkPool } from "./bulk-pool.ts";
import { createPatientSocketOpener, createSocketOpener } from "./watched-socket.ts";

/** The query builder, for everything but the ingestion path. */
export type Db = PostgresJsDatabase;
/** A transaction of {@link Db}. */
export type Tx = Parameters<Parameters<Db["transaction"]>[0]>[0];
/** Either: what a query runs on. */
export type Queryable = Db | Tx;
/** The bare driver, for statements that are written by hand. */
export type Sql = postgres.Sql;
/** The bare driver or a transaction of it. What must share a commit runs on this. */
export type SqlQueryable = Sql | postgres.TransactionSql;

export interface Database {
  db: Db;
  sql: Sql;
  /** For ingestion and its watchers: slow reports take none of its connections, and it fails fast. */
  ingestSql: Sql;
  /** The quick way for groups of events; null where the database's URL rules it out. */
  bulk: BulkPool | null;
  /** For looking up keys: short questions, asked before all else, that fail fast too. */
  keyDb: Db;
  /** Ends the connections; what still runs after 5 s is cut. */
  close(): Promise<void>;
}

/** Reconnect soon: the driver's own back-off grows to 20 s, too long for a collector. */
const reconnectSeconds = (attempt: number): number => Math.min(0.1 * 2 ** attempt, 1);

/** Two lanes of ingestion, three groups under way at most, and one in reserve. */
const INGEST_CONNECTIONS = 4;
/** One for each group that may be under way. */
const BULK_CONNECTIONS = 2;
const KEY_CONNECTIONS = 2;
const POOL_SIZE = 8;
/** Of one process: the two general pools and those of ingestion. */
export const MOST_CONNECTIONS =
  2 * POOL_SIZE + INGEST_CONNECTIONS + BULK_CONNECTIONS + KEY_CONNECTIONS;
const INGEST_STATEMENT_MS = 2_300;
const KEY_STATEMENT_MS = 1_500;
const STATEMENT_MS = 30_000;
/** How much longer than its statement timeout a silent server is waited for. */
const GRACE_MS = 400;

interface PoolOptions {
  max: number;
  statementMs: number;
  lockMs: number;
  /** Opens its sockets, given how long a silent server is waited for, in milliseconds. */
  openSocket: typeof createSocketOpener;
}

function openPool(url: string, { max, statementMs, lockMs, openSocket }: PoolOptions): Sql {
  const options: postgres.Options<Record<string, never>> = {
    max,
    backoff: reconnectSeconds,
    connect_timeout: 2,
    idle_timeout: 60,
    onnotice: () => {},
    connection: {
      application_name: "telltale",
      statement_timeout: statementMs,
      lock_timeout: lockMs,
      idle_in_transaction_session_timeout: 30_000,
    },
  };
  // The driver takes a socket of ours, but its types do not tell.
  return postgres(url, {
    ...options,
    socket: openSocket(statementMs + GRACE_MS),
  } as typeof options);
}

/**
 * Opens the connection pools. Drizzle changes the serialisers of the client that it is given, so
 * hand-written statements have clients of their own.
 *
 * @param url - `postgres://…`
 * @param poolSize - connections of each of the two general pools
 */
export function createDatabase(url: string, poolSize = POOL_SIZE): Database {
  const general: PoolOptions = {
    max: poolSize,
    statementMs: STATEMENT_MS,
    lockMs: 10_000,
    openSocket: createPatientSocketOpener,
  };
  const sql = openPool(url, general);
  const drizzleClient = openPool(url, general);
  const ingestSql = openPool(url, {
    max: INGEST_CONNECTIONS,
    statementMs: INGEST_STATEMENT_MS,
    lockMs: INGEST_STATEMENT_MS,
    openSocket: createSocketOpener,
  });
  const keyClient = openPool(url, {
    max: KEY_CONNECTIONS,
    statementMs: KEY_STATEMENT_MS,
    lockMs: KEY_STATEMENT_MS,
    openSocket: createSocketOpener,
  });
  const bulk = createBulkPool({
    target: ingestSql.options,
    max: BULK_CONNECTIONS,
    statementMs: INGEST_STATEMENT_MS,
    answerWithinMs: INGEST_STATEMENT_MS + GRACE_MS,
  });
  return {
    sql,
    ingestSql,
    bulk,
    keyDb: drizzle(keyClient),
    db: drizzle(drizzleClient),
    async close() {
      await Promise.all([
        bulk?.close(),
        ...[sql, drizzleClient, ingestSql, keyClient].map((pool) => pool.end({ timeout: 5 })),
      ]);
    },
  };
}
