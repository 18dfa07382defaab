import { setImmediate } from "node:timers/promises";
import {
  type AccountFacts,
  createMeasurer,
  createNormsBuilder,
  createReplayer,
  type EvaluationCase,
  flaggedSince,
  type Norms,
  type NormsBuilder,
  type Outcome,
  type Replayer,
  type ScoringModel,
  standingAt,
  toEvaluationCase,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { readOutcomesSince } from "../outcomes/queries.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { countAccounts } from "../scores/queries.ts";
import { groupByAccount, historyDays, readFacts } from "../scores/read-facts.ts";

const DAY_MS = 86_400_000;
/** Norms of the past are built for every so many days; a case takes the last before it. */
const NORMS_EVERY_DAYS = 30;
/** How long before an outcome the tiers are lived again, to find the first flag. */
const REPLAY_DAYS = 180;
const REPLAY_EVERY_DAYS = 7;
const PAGE_ACCOUNTS = 200;
const EARLIEST = "2000-01-01";

export interface CaseQuestion {
  model: ScoringModel;
  /** Days before an outcome, each 1 or more. */
  horizons: readonly number[];
  now: number;
  /** Told of the accounts that are done, each counted twice: once for its peers, once for itself. */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** The same, and what was found on the way. */
interface Span extends CaseQuestion {
  reachDays: number;
}

/**
 * The outcomes of a project by horizon, each with the score that a model would have given so many
 * days before it. All is measured as of then: facts and norms that came later do not enter. The
 * accounts pass by twice, first to find what was normal, so that memory holds a page of them only;
 * between two accounts others get their turn on the process.
 */
export async function readCases(
  sql: Sql,
  project: Project,
  question: CaseQuestion,
): Promise<Map<number, EvaluationCase[]>> {
  const { horizons, now } = question;
  const cases = new Map<number, EvaluationCase[]>(horizons.map((horizon) => [horizon, []]));
  const outcomes = await readOutcomes(sql, project.id, now);
  if (outcomes.length === 0) return cases;
  const byAccount = groupByAccount(outcomes);
  const earliest = Math.min(...outcomes.map((one) => one.at));
  const before = Math.max(...horizons) + REPLAY_DAYS;
  const span = { ...question, reachDays: Math.ceil((now - earliest) / DAY_MS) + before };
  const total = (await countAccounts(sql, project.id)) + byAccount.size;
  let done = 0;
  const pause = async () => {
    done += 1;
    question.onProgress?.(done, total);
    await setImmediate();
  };
  const normsAt = await buildPastNorms(sql, project, {
    ...span,
    pause,
    since: earliest - before * DAY_MS,
  });
  const replay = createReplayer({ ...question, normsAt });
  for (const ids of pagesOf([...byAccount.keys()])) {
    for (const facts of await readWholeFacts(sql, project, ids, span)) {
      for (const outcome of byAccount.get(facts.accountId) ?? []) {
        for (const [horizonDays, one] of toCases({
          facts,
          outcome,
          normsAt,
          replay,
          ...question,
        })) {
          cases.get(horizonDays)?.push(one);
        }
      }
      await pause();
    }
  }
  return cases;
}

/** What was normal, built for every so many days: a moment takes the last before it. */
async function buildPastNorms(
  sql: Sql,
  project: Project,
  span: Span & { since: number; pause: () => Promise<void> },
): Promise<(at: number) => Norms> {
  const { model, since, now, pause } = span;
  const builders = new Map<number, NormsBuilder>();
  for (let at = since; at <= now; at += NORMS_EVERY_DAYS * DAY_MS) {
    builders.set(at, createNormsBuilder(model));
  }
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    for (const facts of await readWholeFacts(sql, project, ids, span)) {
      const measure = createMeasurer(facts, model);
      for (const [at, builder] of builders) {
        if (facts.createdAt > at) continue;
        const { accountId, segments } = { ...facts, ...standingAt(facts, at) };
        builder.add({ accountId, segments, signals: measure(at) });
      }
      await pause();
    }
  }
  const norms = [...builders].map(([at, builder]) => builder.build(at));
  return (at) => norms.findLast(({ builtAt }) => builtAt <= at) ?? (norms[0] as Norms);
}

function pagesOf(ids: string[]): string[][] {
  const pages: string[][] = [];
  for (let from = 0; from < ids.length; from += PAGE_ACCOUNTS) {
    pages.push(ids.slice(from, from + PAGE_ACCOUNTS));
  }
  return pages;
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

async function readWholeFacts(
  sql: Sql,
  project: Project,
  accountIds: string[],
  span: Pick<Span, "model" | "now" | "reachDays">,
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

/** An outcome at each horizon; the tiers before it are lived through once. */
function toCases(input: {
  facts: AccountFacts;
  outcome: Outcome;
  model: ScoringModel;
  horizons: readonly number[];
  normsAt: (at: number) => Norms;
  replay: Replayer;
}): [number, EvaluationCase][] {
  const { facts, outcome, model, horizons, normsAt } = input;
  const moments = horizons.map((horizonDays) => outcome.at - horizonDays * DAY_MS);
  const lived = input.replay({
    facts,
    from: Math.max(facts.createdAt, Math.min(...moments) - REPLAY_DAYS * DAY_MS),
    to: outcome.at - DAY_MS,
    everyDays: REPLAY_EVERY_DAYS,
    alsoAt: moments,
  });
  const firstFlaggedAt = flaggedSince(lived);
  return horizons.map((horizonDays, i) => {
    const horizonAt = moments[i] as number;
    const then = lived.find(({ at }) => at === horizonAt);
    const history = then && { tier: then.tier, firstFlaggedAt };
    const known = { facts, outcome, model, norms: normsAt(horizonAt), horizonDays };
    return [horizonDays, toEvaluationCase({ ...known, ...(history && { history }) })];
  });
}
