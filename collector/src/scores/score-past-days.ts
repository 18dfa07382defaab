import { type AccountFacts, createScorer, measureSignals } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { StoredTier } from "../db/schema/scores.ts";
import type { Project } from "../projects/queries.ts";
import { toCalendarDay, toDayNumber } from "./civil-day.ts";
import { inputHashOf } from "./input-hash.ts";
import { findJudgeAt, findStoredJudge, type Judge } from "./judge.ts";
import {
  endOfDay,
  type PastScore,
  readStoredDays,
  type StoredDay,
  upsertPastScores,
} from "./past-queries.ts";
import { factsOnDay, readFacts } from "./read-facts.ts";
import { toAccountHealth } from "./to-account-health.ts";

/** Calendar days, both inclusive. */
export interface DayRange {
  from: string;
  to: string;
}

export interface PastScoring {
  /** Scores that were made. */
  scored: number;
  /** Those that came out as they were stored, to the bit. */
  unchanged: number;
}

interface PastDay {
  day: string;
  dayNumber: number;
  /** Its last moment, milliseconds since the epoch. */
  at: number;
  /** For days that were not scored before. */
  judge: Judge;
}

/**
 * Makes the scores of past days again, each from what is known of its time, by the model and norms
 * that its stored row names. Days without a row are scored by what was in force then, or left out.
 *
 * @param days - all before today
 */
export async function scorePastDays(
  sql: Sql,
  project: Project,
  accountIds: string[],
  days: DayRange & { unscored: "score" | "leave-out" },
): Promise<PastScoring> {
  const stored = new Map<string, StoredDay>();
  for (const row of await readStoredDays(sql, project.id, accountIds, days)) {
    stored.set(`${row.accountId} ${row.day}`, row);
  }
  const wanted =
    days.unscored === "score"
      ? daysBetween(days)
      : [...new Set([...stored.values()].map((row) => row.day))].sort();
  const past = await describeDays(sql, project, wanted);
  const [first, last] = [past[0], past.at(-1)];
  if (!first || !last) return { scored: 0, unchanged: 0 };
  const judges = createJudgeFinder(sql, project.id);
  const models = past.map(({ judge }) => judge.model);
  for (const row of stored.values()) models.push((await judges(row, last.judge)).model);
  const accounts = await readFacts(sql, project.id, accountIds, {
    model: last.judge.model,
    alsoFor: [...new Set(models)],
    now: last.at,
    today: last.dayNumber,
    earlierDays: last.dayNumber - first.dayNumber + 1,
  });
  const result: PastScoring = { scored: 0, unchanged: 0 };
  const rows: PastScore[] = [];
  for (const { facts } of accounts) {
    for (const pastDay of past) {
      const before = stored.get(`${facts.accountId} ${pastDay.day}`);
      if (!before && (days.unscored === "leave-out" || facts.createdAt > pastDay.at)) continue;
      const judge = before ? await judges(before, pastDay.judge) : pastDay.judge;
      const row = toPastScore({ facts, pastDay, judge, before });
      result.scored += 1;
      if (before?.inputHash === row.inputHash) result.unchanged += 1;
      else rows.push(row);
    }
  }
  if (rows.length > 0) await upsertPastScores(sql, project.id, rows);
  return result;
}

function daysBetween({ from, to }: DayRange): string[] {
  const first = toDayNumber(from);
  return Array.from({ length: Math.max(0, toDayNumber(to) - first + 1) }, (_, i) =>
    toCalendarDay(first + i),
  );
}

async function describeDays(sql: Sql, project: Project, days: string[]): Promise<PastDay[]> {
  const described: PastDay[] = [];
  for (const day of days) {
    const at = await endOfDay(sql, day, project.timeZone);
    const judge = await findJudgeAt(sql, project.id, at);
    described.push({ day, dayNumber: toDayNumber(day), at, judge });
  }
  return described;
}

function createJudgeFinder(sql: Sql, projectId: string) {
  const known = new Map<string, Judge | null>();
  return async (stored: StoredDay, fallback: Judge): Promise<Judge> => {
    const key = `${stored.modelVersion} ${stored.normsVersion}`;
    if (!known.has(key)) known.set(key, await findStoredJudge(sql, projectId, stored));
    return known.get(key) ?? fallback;
  };
}

function toPastScore(past: {
  facts: AccountFacts;
  pastDay: PastDay;
  judge: Judge;
  before: StoredDay | undefined;
}): PastScore {
  const { pastDay, judge, before } = past;
  const { day, dayNumber: today, at: now } = pastDay;
  const facts = factsOnDay(past.facts, { model: judge.model, now, today });
  const { accountId, createdAt, segments } = facts;
  const signals = measureSignals({ facts, model: judge.model, now, today });
  const scored = createScorer(judge).score({ accountId, createdAt, segments, signals, now });
  // What was confirmed then stays; a tier made up afterwards would claim a notice that was not given.
  const wasConfirmed = before !== undefined && before.tier !== "unknown";
  const tier = (wasConfirmed ? before.tier : scored.tier) as StoredTier;
  const sequence = before?.sequence ?? 0;
  const health = toAccountHealth(scored, {
    tierState: {
      tier,
      tierSince: now,
      pendingTier: null,
      pendingSince: null,
      heldEvaluations: 0,
      bypass: null,
      recent: [],
    },
    sequence,
    earlier: { days7: null, days30: null },
  });
  return {
    accountId,
    day,
    score: health.score,
    tier: health.tier,
    confidence: health.confidence,
    coverage: health.coverage,
    asOf: health.asOf,
    modelVersion: health.modelVersion,
    normsVersion: health.normsVersion,
    inputHash: inputHashOf({ createdAt, segments, signals }, judge),
    sequence,
    detail: JSON.stringify(health),
  };
}
