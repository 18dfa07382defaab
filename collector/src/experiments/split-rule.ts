import { assignVariant } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import { readExperiments } from "./queries.ts";

/**
 * Which accounts a rule is for: all of them, or while an experiment runs with it those of its
 * variant.
 */
export async function splitRule(
  sql: SqlQueryable,
  projectId: string,
  rule: string,
): Promise<(accountId: string) => boolean> {
  const running = (await readExperiments(sql, projectId)).find(
    ({ endedAt, variants }) => endedAt === null && variants.some((one) => one.rule === rule),
  );
  if (!running) return () => true;
  const { key, variants } = running;
  const own = variants.filter((one) => one.rule === rule).map((one) => one.key);
  return (accountId) => own.includes(assignVariant(key, accountId, variants));
}
