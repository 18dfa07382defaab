import type postgres from "postgres";
import type { Sql } from "../db/client.ts";
import { retryDeadlock } from "../db/retry-deadlock.ts";
import { Problem } from "../problem.ts";
import type { DayFinder } from "./day-finder.ts";
import type { NewEvent } from "./new-event.ts";
import type { SeenCache } from "./seen-cache.ts";
import { OUTDATED } from "./settle-statements.ts";

/** What the ways of storing share. */
export interface ExactDeps {
  sql: Sql;
  seen: SeenCache;
  days: DayFinder;
  clock: () => number;
}

const MAX_TRIES = 3;

/**
 * Runs transactions that insert events, and runs them again where Postgres chose one as the victim of a
 * deadlock, or what one rests on changed meanwhile: a person was erased, a project moved to another time zone.
 */
export function createExactRunner({ sql, days }: Pick<ExactDeps, "sql" | "days">) {
  return async <T extends object>(
    events: NewEvent[],
    transact: (tx: postgres.TransactionSql) => Promise<T>,
  ): Promise<T> => {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      await days.learn(events);
      try {
        return (await retryDeadlock(() => sql.begin(transact))) as T;
      } catch (error) {
        if ((error as { code?: unknown }).code !== OUTDATED) throw error;
        days.forget();
      }
    }
    const detail = "What these messages rest on changes too fast; try again soon.";
    throw new Problem("unavailable", detail, { retryAfterSeconds: 1 });
  };
}
