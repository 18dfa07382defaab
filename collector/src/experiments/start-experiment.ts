import { readRules } from "../alerts/rule-queries.ts";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import {
  type ExperimentRow,
  endExperiment,
  findExperiment,
  insertExperiment,
  readExperiments,
} from "./queries.ts";
import type { ExperimentBody } from "./schema.ts";

/** The rule of the tier opens alerts together with the score, for everybody. */
const WHOLE_RULES = ["tier"];

/** Whether a rule can be for a part of the accounts. */
export const isSplittable = (rule: string): boolean => !WHOLE_RULES.includes(rule);

/**
 * Splits accounts between alert rules from now on.
 *
 * @throws {Problem} invalid-request when a rule is not there or can't be split; conflict when the
 * key is taken, or a rule is in an experiment already
 */
export async function startExperiment(
  sql: Sql,
  projectId: string,
  { body, now }: { body: ExperimentBody; now: number },
): Promise<void> {
  const known = (await readRules(sql, projectId)).map((rule) => rule.key);
  const errors = body.variants.flatMap(({ rule }, i) => {
    const pointer = `/variants/${i}/rule`;
    if (rule === null) return [];
    if (!isSplittable(rule)) return [{ pointer, detail: "this rule can't be split" }];
    return known.includes(rule) ? [] : [{ pointer, detail: "is no alert rule of this project" }];
  });
  if (errors.length > 0) {
    throw new Problem("invalid-request", "The variants are not valid.", { errors });
  }
  const busy = (await readExperiments(sql, projectId))
    .filter(({ endedAt }) => endedAt === null)
    .flatMap(({ variants }) => variants.map(({ rule }) => rule));
  const taken = body.variants.find(({ rule }) => rule !== null && busy.includes(rule));
  if (taken) throw new Problem("conflict", `The rule ${taken.rule} is in an experiment already.`);
  const startedAt = new Date(now).toISOString();
  if (await insertExperiment(sql, projectId, { ...body, startedAt })) return;
  throw new Problem("conflict", `There is an experiment ${body.key} already.`);
}

/**
 * Ends an experiment; its rules are for everybody again. Ending it twice changes nothing.
 *
 * @returns it as it was, and as it is
 * @throws {Problem} not-found
 */
export async function stopExperiment(
  sql: Sql,
  projectId: string,
  { key, now }: { key: string; now: number },
): Promise<{ before: ExperimentRow; after: ExperimentRow }> {
  const before = await findExperiment(sql, projectId, key);
  if (!before) {
    throw new Problem("not-found", `There is no experiment ${key} in this project.`);
  }
  await endExperiment(sql, projectId, { key, at: new Date(now).toISOString() });
  return { before, after: { ...before, endedAt: before.endedAt ?? new Date(now) } };
}
