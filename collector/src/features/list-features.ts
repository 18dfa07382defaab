import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf } from "../scores/civil-day.ts";
import { countAccounts } from "../scores/queries.ts";
import { type FeatureRow, readFeatures } from "./queries.ts";

/** A feature with its adoption. */
export interface Feature extends FeatureRow {
  /** Accounts that used it in the last 28 days ÷ all accounts, 0–1. */
  adoptionShare: number;
}

/** Every feature that was ever used in a project. */
export async function listFeatures(sql: Sql, project: Project, now: number): Promise<Feature[]> {
  const all = Math.max(1, await countAccounts(sql, project.id));
  const rows = await readFeatures(sql, project.id, calendarDayOf(now, project.timeZone));
  return rows.map((row) => ({ ...row, adoptionShare: row.accounts / all }));
}
