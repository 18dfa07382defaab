import { listRules } from "../../alerts/rules.ts";
import type { Sql } from "../../db/client.ts";

/** The name of each rule of a project by its key. */
export async function readRuleNames(
  sql: Sql,
  projectId: string,
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const rules = await listRules(sql, projectId, new Date(now).toISOString());
  return new Map(rules.map(({ key, name }) => [key, name]));
}
