import { setTimeout as sleep } from "node:timers/promises";
import { type ClientConfig, Pool, type PoolClient, type Submittable } from "pg";
import type postgres from "postgres";
import { type BinaryWriter, createBinaryWriter } from "./binary-writer.ts";
import { type BulkStep, SYNC, toParseMessage, writeStep } from "./wire-messages.ts";

/** Connections that write much at once: binary parameters and COPY, a round trip a transaction. */
export interface BulkPool {
  /**
   * Runs the steps as one transaction; all are sent before the first is answered.
   *
   * @throws {Error} of the first step that failed, with its SQLSTATE as `code`: nothing was stored;
   *   of the connection: unknown whether it was
   */
  run(steps: BulkStep[]): Promise<void>;
  close(): Promise<void>;
}

export interface BulkOptions {
  /** As the other driver read them from the URL, so that both reach one server in one way. */
  target: postgres.ParsedOptions;
  max: number;
  /** Most milliseconds of a statement, and of waiting for a lock. */
  statementMs: number;
  /** How long a silent server is waited for, above {@link statementMs}. */
  answerWithinMs: number;
}

const ignore = () => {};

/**
 * Sends messages of the wire protocol at once, and waits for the end of their transaction.
 *
 * @throws {Error} with `code` ETIMEDOUT of a server that says nothing within that many milliseconds
 */
function submit(client: PoolClient, messages: Buffer, withinMs: number): Promise<void> {
  let giveUp: NodeJS.Timeout | undefined;
  const answered = new Promise<void>((resolve, reject) => {
    // Who submits is told of every message by a method; those not overridden here say nothing new.
    const exchange: Submittable & { [handler: string]: unknown } = {
      submit(connection) {
        const { stream } = connection;
        giveUp = setTimeout(() => {
          const fault = new Error("Postgres does not answer");
          stream.destroy(Object.assign(fault, { code: "ETIMEDOUT" }));
        }, withinMs);
        stream.write(messages);
      },
      handleParseComplete: ignore,
      handleRowDescription: ignore,
      handleDataRow: ignore,
      handleCopyInResponse: ignore,
      handleCommandComplete: ignore,
      handleEmptyQuery: ignore,
      handlePortalSuspended: ignore,
      handleError: reject,
      handleReadyForQuery: () => resolve(),
    };
    client.query(exchange);
  });
  return answered.finally(() => clearTimeout(giveUp));
}

/** The driver can't try TLS and go without; the caller then does without this pool. */
function toTls(ssl: unknown): ClientConfig["ssl"] {
  if (typeof ssl === "object" && ssl !== null) return ssl;
  if (ssl === "require" || ssl === "allow" || ssl === "prefer")
    return { rejectUnauthorized: false };
  return ssl === true || ssl === "verify-full";
}

const WRITER_BYTES = 65_536;
/** Of a group that was larger, the memory is given back. */
const MAX_IDLE_WRITER_BYTES = 4_000_000;

const CLOSE_WITHIN_MS = 5_000;

/** SQLSTATE classes after which a connection is as good as before: bad data, broken constraints. */
const HARMLESS = /^2[23]|^40/;

/**
 * Opens the pool; it connects when first used.
 *
 * @returns null where the database's URL asks for what this driver can't do
 */
export function createBulkPool(options: BulkOptions): BulkPool | null {
  const { target, max, statementMs, answerWithinMs } = options;
  const { host, port, path, database, user, pass, ssl } = target as typeof target & {
    path?: string | false;
    prepare?: boolean;
  };
  if (target.prepare === false || host.length !== 1 || typeof pass === "function") return null;
  const pool = new Pool({
    max,
    host: path ? path.slice(0, path.lastIndexOf("/")) : (host[0] as string),
    port: port[0] as number,
    database,
    user,
    password: pass ?? "",
    ssl: toTls(ssl),
    application_name: "telltale",
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementMs,
    lock_timeout: statementMs,
  });
  // A connection that dies leaves the pool, and the next step opens another. What was under way on
  // it is told by its own rejection; without a listener the same error would end the process.
  pool.on("error", ignore);
  pool.on("connect", (client) => client.on("error", ignore));
  const idle: BinaryWriter[] = [];
  const prepared = new WeakMap<PoolClient, Set<string>>();

  /** On its own and before: after a fault in a row of messages, none of the later ones counts. */
  async function prepare(client: PoolClient, steps: BulkStep[]): Promise<void> {
    const known = prepared.get(client) ?? new Set();
    const missing = steps.map((one) => one.statement).filter(({ name }) => !known.has(name));
    if (missing.length === 0) return;
    const messages = Buffer.concat([...missing.map(toParseMessage), SYNC]);
    await submit(client, messages, answerWithinMs);
    for (const { name } of missing) known.add(name);
    prepared.set(client, known);
  }

  return {
    async run(steps) {
      const client = await pool.connect();
      try {
        await prepare(client, steps);
        const writer = idle.pop() ?? createBinaryWriter(WRITER_BYTES);
        writer.reset();
        for (const step of steps) writeStep(writer, step);
        writer.rawBytes(SYNC);
        await submit(client, writer.finish(), answerWithinMs);
        // The server has read all of it, so the next exchange may write over it.
        if (writer.capacity <= MAX_IDLE_WRITER_BYTES) idle.push(writer);
      } catch (error) {
        const { code } = error as { code?: unknown };
        client.release(!(typeof code === "string" && HARMLESS.test(code)));
        throw error;
      }
      client.release();
    },
    // A server that stands still never says goodbye.
    close: () => Promise.race([pool.end(), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]),
  };
}
