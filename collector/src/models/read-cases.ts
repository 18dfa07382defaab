import {
  type AccountFacts,
  buildNorms,
  type EvaluationCase,
  factsAsOf,
  flaggedSince,
  measureSignals,
  type Norms,
  type NormsRow,
  type Outcome,
  replayTiers,
  type ScoringModel,
  toEvaluationCase,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { readOutcomesSince } from "../outcomes/queries.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { historyDays, readFacts } from "../scores/read-facts.ts";

const DAY_MS = 86_400_000;
/** Norms of the past are built for every so many days; a case takes the last before it. */
const NORMS_EVERY_DAYS = 30;
/** How long before an outcome the tiers are lived again, to find the first flag. */
const REPLAY_DAYS = 180;
const REPLAY_EVERY_DAYS = 7;
const EARLIEST = "2000-01-01";

interface CaseQuestion {
  model: ScoringModel;
  horizonDays: number;
  now: number;
}

/** An account that has outcomes, with everything known of it today. */
interface Subject {
  facts: AccountFacts;
  outcomes: Outcome[];
}

/**
 * The outcomes of a project, each with the score that a model would have given at a horizon before
 * it. All is measured as of then: facts and norms that came later do not enter.
 */
export async function readCases(
  sql: Sql,
  project: Project,
  question: CaseQuestion,
): Promise<EvaluationCase[]> {
  const { model, horizonDays, now } = question;
  const outcomes = await readOutcomes(sql, project.id, now);
  if (outcomes.length === 0) return [];
  const earliest = Math.min(...outcomes.map((one) => one.at));
  const reachDays = Math.ceil((now - earliest) / DAY_MS) + horizonDays + REPLAY_DAYS;
  const moments = normMoments(earliest - (horizonDays + REPLAY_DAYS) * DAY_MS, now);
  const rowsOf = new Map<number, NormsRow[]>(moments.map((at) => [at, []]));
  const subjects: Subject[] = [];
  const byAccount = new Map<string, Outcome[]>();
  for (const one of outcomes) {
    byAccount.set(one.accountId, [...(byAccount.get(one.accountId) ?? []), one]);
  }
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    for (const facts of await readWholeFacts(sql, project, ids, { model, now, reachDays })) {
      for (const [at, rows] of rowsOf) rows.push(...toNormsRow(facts, model, at));
      const own = byAccount.get(facts.accountId);
      if (own) subjects.push({ facts, outcomes: own });
    }
  }
  const norms = new Map<number, Norms>();
  for (const [at, rows] of rowsOf) norms.set(at, buildNorms({ rows, model, now: at }));
  const normsAt = (at: number): Norms => {
    const last = moments.findLast((moment) => moment <= at) ?? (moments[0] as number);
    return norms.get(last) as Norms;
  };
  return subjects.flatMap(({ facts, outcomes: own }) =>
    own.map((outcome) => toCase({ facts, outcome, model, horizonDays, normsAt })),
  );
}

async function readOutcomes(sql: Sql, projectId: string, now: number): Promise<Outcome[]> {
  const rows = await readOutcomesSince(sql, projectId, EARLIEST);
  return rows
    .map((row) => ({
      accountId: row.accountId,
      kind: row.kind,
      at: Date.parse(`${row.occurredOn}T00:00:00Z`),
      value: row.value ?? null,
    }))
    .filter((outcome) => outcome.at <= now);
}

function normMoments(from: number, to: number): number[] {
  const moments: number[] = [];
  for (let at = from; at <= to; at += NORMS_EVERY_DAYS * DAY_MS) moments.push(at);
  return moments;
}

async function readWholeFacts(
  sql: Sql,
  project: Project,
  accountIds: string[],
  span: { model: ScoringModel; now: number; reachDays: number },
): Promise<AccountFacts[]> {
  const { model, now, reachDays } = span;
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const earlierDays = reachDays + historyDays(model);
  const accounts = await readFacts(sql, project.id, accountIds, {
    model,
    now,
    today,
    earlierDays,
  });
  // The last use of today would tell a past day of its future.
  return accounts.map(({ facts }) => ({ ...facts, lastUsageDay: null }));
}

function toNormsRow(facts: AccountFacts, model: ScoringModel, at: number): NormsRow[] {
  if (facts.createdAt > at) return [];
  const known = factsAsOf(facts, at);
  const signals = measureSignals({ facts: known, model, now: at });
  return [{ accountId: facts.accountId, segments: facts.segments, signals }];
}

function toCase(input: {
  facts: AccountFacts;
  outcome: Outcome;
  model: ScoringModel;
  horizonDays: number;
  normsAt: (at: number) => Norms;
}): EvaluationCase {
  const { facts, outcome, model, horizonDays, normsAt } = input;
  const horizonAt = outcome.at - horizonDays * DAY_MS;
  const replay = (to: number) =>
    replayTiers({
      facts,
      model,
      normsAt,
      from: Math.max(facts.createdAt, to - REPLAY_DAYS * DAY_MS),
      to,
      everyDays: REPLAY_EVERY_DAYS,
    });
  const atHorizon = replay(horizonAt).at(-1);
  const firstFlaggedAt = flaggedSince(replay(outcome.at - DAY_MS));
  return toEvaluationCase({
    facts,
    outcome,
    model,
    norms: normsAt(horizonAt),
    horizonDays,
    ...(atHorizon && { history: { tier: atHorizon.tier, firstFlaggedAt } }),
  });
}
