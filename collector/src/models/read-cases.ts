import { setImmediate } from "node:timers/promises";
import {
  type AccountFacts,
  createMeasurer,
  createReplayer,
  createScorer,
  type EvaluationCase,
  flaggedSince,
  judgeCase,
  type MeasuredMoment,
  type Measurer,
  measureMoments,
  type Norms,
  type Outcome,
  type ScoringModel,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { countAccounts } from "../scores/queries.ts";
import { historyDays, readFacts } from "../scores/read-facts.ts";
import { createSpill } from "../scores/spill.ts";
import { createPastNorms } from "./past-norms.ts";
import { readPastOutcomes } from "./read-past-outcomes.ts";

const DAY_MS = 86_400_000;
/** How long before an outcome the tiers are lived again, to find the first flag. */
const REPLAY_DAYS = 180;
const REPLAY_EVERY_DAYS = 7;
/** Whole histories are large; so few are held at a time. */
const PAGE_ACCOUNTS = 40;
/** Outcomes whose measured months stay in memory; the others wait in a file. */
const KEPT_OUTCOMES = 500;

export interface CaseQuestion {
  model: ScoringModel;
  /** Days before an outcome, each 1 or more. */
  horizons: readonly number[];
  now: number;
  /** Told of the accounts that are done. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The outcomes of a project with what can be said of them before. */
export interface CaseSet {
  byHorizon: Map<number, EvaluationCase[]>;
  /** Outcomes that are left out, and why, in words. */
  notes: string[];
}

/** An outcome with what its account was measured to be in the months before. */
interface LivedOutcome {
  account: Pick<AccountFacts, "accountId" | "createdAt">;
  outcome: Outcome;
  moments: MeasuredMoment[];
}

/**
 * The outcomes of a project by horizon, each with the score that a model would have given so many
 * days before it. All is measured as of then: facts and norms that came later do not enter. The
 * facts are read once, a page at a time; what was measured is kept aside until it is known what
 * was normal. Between two accounts others get their turn on the process.
 */
export async function readCases(
  sql: Sql,
  project: Project,
  question: CaseQuestion,
): Promise<CaseSet> {
  const { model, horizons, now } = question;
  const byHorizon = new Map<number, EvaluationCase[]>(horizons.map((horizon) => [horizon, []]));
  const outcomes = await readPastOutcomes(sql, project.id, now);
  const { notes, byAccount, earliest } = outcomes;
  if (byAccount.size === 0) return { byHorizon, notes };
  const beforeDays = Math.max(...horizons) + REPLAY_DAYS;
  const reachDays = Math.ceil((now - earliest) / DAY_MS) + beforeDays;
  const norms = createPastNorms(model, { from: earliest - beforeDays * DAY_MS, to: now });
  const lived = createSpill<LivedOutcome>(KEPT_OUTCOMES);
  try {
    const accounts = eachAccount(sql, project, { ...question, reachDays });
    for await (const facts of accounts) {
      const measure = createMeasurer(facts, model);
      norms.add(facts, measure);
      const own = byAccount.get(facts.accountId) ?? [];
      const measured = own.map((outcome) => measureBefore(facts, measure, { outcome, horizons }));
      if (measured.length > 0) await lived.add(measured);
    }
    const judge = createCaseJudge(model, norms.build());
    for await (const page of lived.pages()) {
      for (const one of page) {
        for (const [horizon, found] of judge(one, horizons)) byHorizon.get(horizon)?.push(found);
      }
      await setImmediate();
    }
  } finally {
    await lived.remove();
  }
  return { byHorizon, notes };
}

/** The whole history of every account, one after the other. */
async function* eachAccount(
  sql: Sql,
  project: Project,
  question: CaseQuestion & { reachDays: number },
): AsyncGenerator<AccountFacts> {
  const { model, now, reachDays, onProgress } = question;
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const span = { model, now, today, earlierDays: reachDays + historyDays(model) };
  const total = onProgress ? await countAccounts(sql, project.id) : 0;
  let done = 0;
  for await (const ids of eachPageOfAccounts(sql, project.id, PAGE_ACCOUNTS)) {
    for (const { facts } of await readFacts(sql, project.id, ids, span)) {
      // The last use of today would tell a past day of its future.
      yield { ...facts, lastUsageDay: null };
      done += 1;
      onProgress?.(done, total);
      await setImmediate();
    }
  }
}

/** Measures the months before an outcome, and its horizons. */
function measureBefore(
  facts: AccountFacts,
  measure: Measurer,
  { outcome, horizons }: { outcome: Outcome; horizons: readonly number[] },
): LivedOutcome {
  const { accountId, createdAt } = facts;
  const alsoAt = horizons.map((horizonDays) => outcome.at - horizonDays * DAY_MS);
  const moments = measureMoments(facts, measure, {
    from: Math.max(createdAt, Math.min(...alsoAt) - REPLAY_DAYS * DAY_MS),
    to: outcome.at - DAY_MS,
    everyDays: REPLAY_EVERY_DAYS,
    alsoAt,
  });
  return { account: { accountId, createdAt }, outcome, moments };
}

/** Judges outcomes at each horizon; the tiers before them are lived through once. */
function createCaseJudge(model: ScoringModel, normsAt: (at: number) => Norms) {
  const replay = createReplayer({ model, normsAt });
  return (
    { account, outcome, moments }: LivedOutcome,
    horizons: readonly number[],
  ): [number, EvaluationCase][] => {
    const tiers = replay(account, moments);
    const firstFlaggedAt = flaggedSince(tiers);
    return horizons.map((horizonDays) => {
      const now = outcome.at - horizonDays * DAY_MS;
      const place = moments.findIndex(({ at }) => at === now);
      const then = moments[place];
      const tier = tiers[place]?.tier;
      // Before the account was there, nothing was known of it.
      const signals = then?.signals ?? [];
      const segments = then?.segments ?? [];
      const scorer = createScorer({ model, norms: normsAt(now) });
      const history = tier && { tier, firstFlaggedAt };
      const given = { outcome, scorer, ...(history && { history }) };
      return [horizonDays, judgeCase({ ...account, segments, signals, now }, given)];
    });
  };
}
