import type { Sql, SqlQueryable } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { type AlertRule, STARTING_RULES } from "./rule.ts";
import { deleteRule, findRule, insertRule, readRules, replaceRule } from "./rule-queries.ts";

/** Gives a project the rules that every project starts with, when it has none. */
export async function ensureRules(sql: SqlQueryable, projectId: string, at: string): Promise<void> {
  if ((await readRules(sql, projectId)).length > 0) return;
  for (const rule of STARTING_RULES) await insertRule(sql, projectId, { rule, at });
}

/** @param at - ISO 8601 */
export async function listRules(sql: Sql, projectId: string, at: string): Promise<AlertRule[]> {
  await ensureRules(sql, projectId, at);
  return readRules(sql, projectId);
}

/** @throws {Problem} not-found */
export async function getRule(
  sql: Sql,
  projectId: string,
  { key, at }: { key: string; at: string },
): Promise<AlertRule> {
  await ensureRules(sql, projectId, at);
  const rule = await findRule(sql, projectId, key);
  if (!rule) throw new Problem("not-found", `There is no alert rule ${key} in this project.`);
  return rule;
}

/** @throws {Problem} conflict, when the key is taken */
export async function createRule(
  sql: Sql,
  projectId: string,
  { rule, at }: { rule: AlertRule; at: string },
): Promise<AlertRule> {
  await ensureRules(sql, projectId, at);
  if (await insertRule(sql, projectId, { rule, at })) return rule;
  throw new Problem("conflict", `There is an alert rule ${rule.key} already.`);
}

/** What changes; what is absent or undefined stays. */
export type RuleChanges = { [Field in keyof AlertRule]?: AlertRule[Field] | undefined };

/** @throws {Problem} not-found */
export async function changeRule(
  sql: Sql,
  projectId: string,
  { key, changes, at }: { key: string; changes: RuleChanges; at: string },
): Promise<AlertRule> {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  const known = await getRule(sql, projectId, { key, at });
  const rule = { ...known, ...(Object.fromEntries(given) as Partial<AlertRule>), key };
  await replaceRule(sql, projectId, { rule, at });
  return rule;
}

/**
 * Open alerts of the rule stay until a person resolves them.
 *
 * @throws {Problem} not-found
 */
export async function removeRule(
  sql: Sql,
  projectId: string,
  { key, at }: { key: string; at: string },
): Promise<void> {
  await getRule(sql, projectId, { key, at });
  await deleteRule(sql, projectId, key);
}
