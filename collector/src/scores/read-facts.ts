import { RESERVED_EVENTS } from "@telltale/protocol";
import type { AccountFacts, ScoringModel, TaskRow } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import { toCalendarDay } from "./civil-day.ts";
import {
  type AccountRow,
  readAccounts,
  readLastUsageDays,
  readObservations,
  readResponses,
  readUsage,
  type UsageFact,
} from "./queries.ts";

const DAY_MS = 86_400_000;
/** An own baseline compares the present window with seven earlier ones. */
const WINDOWS_OF_OWN_BASELINE = 8;

/** An account with all that its score is made of. */
export interface ScorableAccount {
  account: AccountRow;
  facts: AccountFacts;
}

/** How far back the facts of a model reach, in days. */
export function historyDays(model: ScoringModel): number {
  const usesOwnPast = model.components.some((component) =>
    component.signals.some((part) => part.normaliser.kind === "own_baseline"),
  );
  const longest = Math.max(...model.signals.map((signal) => signal.windowDays));
  return usesOwnPast ? longest * WINDOWS_OF_OWN_BASELINE : longest;
}

/** The stretch of time that facts are read for. */
export interface FactSpan {
  model: ScoringModel;
  /** The last moment that counts, milliseconds since the epoch. */
  now: number;
  /** Day number of `now` in the project's time zone. */
  today: number;
  /** Days before today that will be scored too; the facts reach back so much further. */
  earlierDays?: number;
}

/** Reads the facts of some accounts, in a few queries however many there are. */
export async function readFacts(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  span: FactSpan,
): Promise<ScorableAccount[]> {
  const reachDays = historyDays(span.model) + (span.earlierDays ?? 0);
  const firstDay = toCalendarDay(span.today - reachDays);
  const days = { since: firstDay, until: toCalendarDay(span.today) };
  const times = {
    since: new Date(span.now - reachDays * DAY_MS).toISOString(),
    until: new Date(span.now).toISOString(),
  };
  const accounts = await readAccounts(sql, projectId, accountIds);
  const usage = groupByAccount(await readUsage(sql, projectId, accountIds, days));
  const responses = groupByAccount(await readResponses(sql, projectId, accountIds, times));
  const observations = groupByAccount(await readObservations(sql, projectId, accountIds, times));
  const before = await readLastUsageDays(sql, projectId, accountIds, firstDay);
  return accounts.map((account) => {
    const { accountId, traits } = account;
    const used = usage.get(accountId) ?? [];
    return {
      account,
      facts: {
        accountId,
        createdAt: account.createdAt.getTime(),
        seats: seatsOf(traits),
        segments: segmentsOf(traits),
        usage: used.map((row) => ({
          userId: row.userId,
          day: row.day,
          event: row.event,
          feature: row.event === RESERVED_EVENTS.featureUsed ? row.subject : null,
          count: row.count,
          engagedSeconds: row.engagedMs / 1_000,
        })),
        tasks: toTasks(used),
        friction: used
          .filter((row) => row.event === RESERVED_EVENTS.friction)
          .map((row) => ({ day: row.day, kind: row.subject, count: row.count })),
        responses: (responses.get(accountId) ?? []).map((row) => ({
          userId: row.userId,
          at: row.answeredAt.getTime(),
          kind: row.measure,
          value: row.value100,
        })),
        observations: (observations.get(accountId) ?? []).map((row) => ({
          series: row.series,
          at: row.observedAt.getTime(),
          value: row.value,
        })),
        lastUsageDay: used.at(-1)?.day ?? before.get(accountId) ?? null,
      },
    };
  });
}

/**
 * The facts as they stood at the end of an earlier day of the span.
 *
 * @param day - day number in the project's time zone
 * @param at - its last moment, milliseconds since the epoch
 */
export function factsOnDay(facts: AccountFacts, day: number, at: number): AccountFacts {
  const usage = facts.usage.filter((row) => row.day <= day);
  const isBeforeRows = (facts.lastUsageDay ?? Number.POSITIVE_INFINITY) <= day;
  return {
    ...facts,
    usage,
    tasks: (facts.tasks ?? []).filter((row) => row.day <= day),
    friction: (facts.friction ?? []).filter((row) => row.day <= day),
    responses: facts.responses.filter((row) => row.at <= at),
    observations: (facts.observations ?? []).filter((row) => row.at <= at),
    lastUsageDay: usage.at(-1)?.day ?? (isBeforeRows ? (facts.lastUsageDay ?? null) : null),
  };
}

function toTasks(used: UsageFact[]): TaskRow[] {
  const tasks = new Map<string, TaskRow>();
  for (const { event, subject, day, count } of used) {
    const isStart = event === RESERVED_EVENTS.taskStarted;
    if (!isStart && event !== RESERVED_EVENTS.taskCompleted) continue;
    const key = `${day} ${subject}`;
    const row = tasks.get(key) ?? { task: subject, day, started: 0, completed: 0 };
    if (isStart) row.started += count;
    else row.completed += count;
    tasks.set(key, row);
  }
  return [...tasks.values()];
}

function groupByAccount<Row extends { accountId: string }>(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.accountId);
    if (group) group.push(row);
    else groups.set(row.accountId, [row]);
  }
  return groups;
}

function seatsOf(traits: Record<string, unknown>): number | null {
  const seats = traits["seats"];
  return typeof seats === "number" && Number.isFinite(seats) && seats > 0 ? seats : null;
}

/** Traits that put an account among its peers. */
const SEGMENT_TRAITS = ["plan", "industry", "size", "region", "segment"];

/** The segments that an account's traits put it in, such as `plan:pro`, sorted. */
export function segmentsOf(traits: Record<string, unknown>): string[] {
  return SEGMENT_TRAITS.flatMap((trait) => {
    const value = traits[trait];
    return typeof value === "string" && value !== "" ? [`${trait}:${value}`] : [];
  }).sort();
}
