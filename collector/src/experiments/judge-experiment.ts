import { assignVariant, compareVariants, requiredSampleSize } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import {
  type ExperimentRow,
  findExperiment,
  readAlertsOf,
  readExperimentAccounts,
  readExperiments,
} from "./queries.ts";
import type { RuleExperiment } from "./schema.ts";

/** Every experiment of a project with how it stands, newest first. */
export async function judgeExperiments(
  sql: Sql,
  projectId: string,
  now: number,
): Promise<RuleExperiment[]> {
  const judged: RuleExperiment[] = [];
  for (const row of await readExperiments(sql, projectId)) {
    judged.push(await judge(sql, projectId, { row, now }));
  }
  return judged;
}

/**
 * How an experiment stands: who left, by variant, whether or not anybody was alerted.
 *
 * @throws {Problem} not-found
 */
export async function judgeExperiment(
  sql: Sql,
  projectId: string,
  { key, now }: { key: string; now: number },
): Promise<RuleExperiment> {
  const row = await findExperiment(sql, projectId, key);
  if (!row) throw new Problem("not-found", `There is no experiment ${key} in this project.`);
  return judge(sql, projectId, { row, now });
}

async function judge(
  sql: Sql,
  projectId: string,
  { row, now }: { row: ExperimentRow; now: number },
): Promise<RuleExperiment> {
  const { key, name, variants, startedAt, endedAt } = row;
  const from = startedAt.toISOString();
  const until = (endedAt ?? new Date(now)).toISOString();
  const members = (await readExperimentAccounts(sql, projectId, { from, until })).map((one) => ({
    ...one,
    variant: assignVariant(key, one.accountId, variants),
  }));
  const rules = variants.flatMap(({ rule }) => (rule === null ? [] : [rule]));
  const alerts = await readAlertsOf(sql, projectId, { rules, from, until });
  const variantOf = new Map(members.map(({ accountId, variant }) => [accountId, variant]));
  const compared = compareVariants(
    variants.map((variant) => {
      const own = members.filter((one) => one.variant === variant.key);
      const withOutcome = own.filter(({ hasChurned }) => hasChurned).length;
      return { key: variant.key, accounts: own.length, withOutcome };
    }),
  );
  const requiredAccounts = requiredSampleSize({
    baseline: row.baselineShare,
    target: row.targetShare,
  });
  return {
    key,
    name,
    status: endedAt ? "ended" : "running",
    startedAt: from,
    endedAt: endedAt?.toISOString() ?? null,
    requiredAccounts,
    isLargeEnough: compared.every(({ accounts }) => accounts >= requiredAccounts),
    variants: compared.map((one, i) => {
      const rule = variants[i]?.rule ?? null;
      return {
        key: one.key,
        rule,
        accounts: one.accounts,
        alerts: alerts.filter(
          (alert) => alert.rule === rule && variantOf.get(alert.accountId) === one.key,
        ).length,
        churned: one.withOutcome,
        churnedShare: one.share,
        interval: one.interval,
        difference: one.difference,
      };
    }),
  };
}
