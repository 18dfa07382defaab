import { setImmediate } from "node:timers/promises";
import {
  type AccountFacts,
  createMeasurer,
  type EvaluationCase,
  findComparedWithPast,
  type ScoringModel,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { countAccounts } from "../scores/queries.ts";
import { historyDays, readFacts } from "../scores/read-facts.ts";
import { createSpill } from "../scores/spill.ts";
import { createCaseJudge, type LivedOutcome, measureBefore, REPLAY_DAYS } from "./case-judge.ts";
import { createPastNorms, type NormsAt } from "./past-norms.ts";
import { type PastOutcomes, readPastOutcomes } from "./read-past-outcomes.ts";

const DAY_MS = 86_400_000;
/** Whole histories are large; so few are held at a time. */
const PAGE_ACCOUNTS = 40;
/** Outcomes whose measured months stay in memory; the others wait in a file. */
const KEPT_OUTCOMES = 500;

export interface CaseQuestion {
  /** Those that judge the same history; at least one. */
  models: readonly ScoringModel[];
  /** Days before an outcome, each 1 or more. */
  horizons: readonly number[];
  now: number;
  /** Told of the accounts that are read and the outcomes that are judged, together. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The outcomes of a project with what can be said of them before. */
export interface CaseSet {
  /** What a model of the question says, in an order that is the same for all of them. */
  casesOf(model: ScoringModel, horizonDays: number): EvaluationCase[];
  /** Outcomes that are left out, and why, in words. */
  notes: string[];
}

/** Models that measure the same, with what they measured. */
type Lens = ReturnType<typeof createLens>;

/**
 * The outcomes of a project by horizon, each with the score that a model would have given so many
 * days before it. All is measured as of then: facts and norms that came later do not enter. The
 * facts are read once for all models, a page at a time; what was measured is kept aside until it is
 * known what was normal. Between two accounts others get their turn on the process.
 */
export async function readCases(
  sql: Sql,
  project: Project,
  question: CaseQuestion,
): Promise<CaseSet> {
  const { horizons, now } = question;
  const found = new Map<ScoringModel, Map<number, EvaluationCase[]>>();
  const casesOf: CaseSet["casesOf"] = (model, days) => found.get(model)?.get(days) ?? [];
  const outcomes = await readPastOutcomes(sql, project.id, now);
  const { notes, byAccount } = outcomes;
  if (byAccount.size === 0) return { casesOf, notes };
  const beforeDays = Math.max(...horizons) + REPLAY_DAYS;
  const span = { from: outcomes.earliest - beforeDays * DAY_MS, to: outcomes.latest };
  const lenses = groupByMeasures(question.models).map((models) => createLens(models, span));
  const total = (await countAccounts(sql, project.id)) + lenses.length * outcomes.count;
  let done = 0;
  const onStep = (): void => question.onProgress?.(++done, total);
  try {
    for await (const facts of eachAccount(sql, project, { ...question, ...span })) {
      for (const lens of lenses) await lookThrough(lens, facts, { byAccount, horizons });
      onStep();
    }
    for (const lens of lenses) {
      const judged = await judgeAll(lens, horizons, onStep);
      for (const [model, byHorizon] of judged) found.set(model, byHorizon);
    }
  } finally {
    for (const { lived } of lenses) await lived.remove();
  }
  return { casesOf, notes };
}

/** Models that differ in weights and bounds alone need not be measured for twice. */
function groupByMeasures(models: readonly ScoringModel[]): ScoringModel[][] {
  const groups = new Map<string, ScoringModel[]>();
  for (const model of models) {
    const key = JSON.stringify([model.signals, [...findComparedWithPast(model)].sort()]);
    groups.set(key, [...(groups.get(key) ?? []), model]);
  }
  return [...groups.values()];
}

function createLens(models: ScoringModel[], span: { from: number; to: number }) {
  const lived = createSpill<LivedOutcome>(KEPT_OUTCOMES);
  return { models, norms: createPastNorms(models, span), lived };
}

async function lookThrough(
  { models, norms, lived }: Lens,
  facts: AccountFacts,
  { byAccount, horizons }: Pick<PastOutcomes, "byAccount"> & Pick<CaseQuestion, "horizons">,
): Promise<void> {
  const measure = createMeasurer(facts, models[0] as ScoringModel);
  norms.add(facts, measure);
  const own = byAccount.get(facts.accountId) ?? [];
  const measured = own.map((outcome) => measureBefore(facts, measure, { outcome, horizons }));
  if (measured.length > 0) await lived.add(measured);
}

async function judgeAll(
  { models, norms, lived }: Lens,
  horizons: readonly number[],
  onStep: () => void,
): Promise<Map<ScoringModel, Map<number, EvaluationCase[]>>> {
  const normsOf = norms.build();
  const judged = models.map((model, i) => {
    const byHorizon = new Map<number, EvaluationCase[]>(horizons.map((days) => [days, []]));
    return { model, byHorizon, judge: createCaseJudge(model, normsOf[i] as NormsAt) };
  });
  for await (const page of lived.pages()) {
    for (const one of page) {
      for (const { judge, byHorizon } of judged) {
        for (const [days, found] of judge(one, horizons)) byHorizon.get(days)?.push(found);
      }
      onStep();
    }
    await setImmediate();
  }
  return new Map(judged.map(({ model, byHorizon }) => [model, byHorizon]));
}

/** The history of every account up to the last outcome, one after the other. */
async function* eachAccount(
  sql: Sql,
  project: Project,
  question: CaseQuestion & { from: number; to: number },
): AsyncGenerator<AccountFacts> {
  const { models, from, to } = question;
  const today = toDayNumber(calendarDayOf(to, project.timeZone));
  const earlierDays = Math.ceil((to - from) / DAY_MS) + Math.max(...models.map(historyDays));
  const model = models[0] as ScoringModel;
  const reach = { model, alsoFor: models, now: to, today, earlierDays };
  for await (const ids of eachPageOfAccounts(sql, project.id, PAGE_ACCOUNTS)) {
    for (const { facts } of await readFacts(sql, project.id, ids, reach)) {
      // The last use of today would tell a past day of its future.
      yield { ...facts, lastUsageDay: null };
      await setImmediate();
    }
  }
}
