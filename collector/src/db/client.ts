import { drizzle, type PostgresJsDatabase } from "drizzle-orm/postgres-js";
import postgres from "postgres";

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
  /** Ends the connections; what still runs after 5 s is cut. */
  close(): Promise<void>;
}

/** Reconnect soon: the driver's own back-off grows to 20 s, too long for a collector. */
const reconnectSeconds = (attempt: number): number => Math.min(0.1 * 2 ** attempt, 1);

/**
 * Opens the connection pools. Drizzle changes the serialisers of the client that it is given, so
 * hand-written statements have a client of their own.
 *
 * @param url - `postgres://…`
 * @param poolSize - connections of each of the two pools
 */
export function createDatabase(url: string, poolSize = 8): Database {
  const options: postgres.Options<Record<string, never>> = {
    max: poolSize,
    backoff: reconnectSeconds,
    connect_timeout: 3,
    idle_timeout: 60,
    onnotice: () => {},
    connection: {
      application_name: "telltale",
      statement_timeout: 30_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 30_000,
    },
  };
  const sql = postgres(url, options);
  const drizzleClient = postgres(url, options);
  return {
    sql,
    db: drizzle(drizzleClient),
    async close() {
      await Promise.all([sql.end({ timeout: 5 }), drizzleClient.end({ timeout: 5 })]);
    },
  };
}
