import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "../db/client.ts";
import { isNodeAway } from "../db/is-unavailable.ts";

/** What came of a question to the database; `partly`: some nodes of a cluster answer, and serve their projects. */
export type Pong = "ok" | "partly" | "unreachable" | "timed out";
/** Asks whether the database can serve. */
export type Ping = () => Promise<Pong>;

const ANSWER_WITHIN_MS = 2_000;

/**
 * Asks for a row of a table whose rows lie on every node of a cluster: one that is away is noticed, as
 * ingestion would. A database that stands still is asked once, however many want to know.
 */
export function createPing(sql: Sql): Ping {
  let asked: Promise<Pong> | undefined;

  async function ask(): Promise<Pong> {
    try {
      await sql`SELECT 1 FROM accounts LIMIT 1`;
      return "ok";
    } catch (error) {
      const isPartly = isNodeAway(error) && (await hasWorkers(sql).catch(() => false));
      return isPartly ? "partly" : "unreachable";
    } finally {
      asked = undefined;
    }
  }

  return () => {
    asked ??= ask();
    return Promise.race([asked, sleep(ANSWER_WITHIN_MS, "timed out" as const, { ref: false })]);
  };
}

async function hasWorkers(sql: Sql): Promise<boolean> {
  const answers = await sql`SELECT 1 FROM run_command_on_workers('SELECT 1') WHERE success`;
  return answers.length > 0;
}
