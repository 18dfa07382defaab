import type { AccountFacts, ScoringModel } from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import { toCalendarDay } from "./civil-day.ts";
import {
  type AccountRow,
  readAccounts,
  readLastUsageDays,
  readObservations,
  readResponses,
  readUsage,
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

/** Reads the facts of some accounts, in four queries however many there are. */
export async function readFacts(
  sql: SqlQueryable,
  projectId: string,
  accountIds: string[],
  span: { model: ScoringModel; now: number; today: number },
): Promise<ScorableAccount[]> {
  const days = historyDays(span.model);
  const sinceDay = toCalendarDay(span.today - days);
  const since = new Date(span.now - days * DAY_MS).toISOString();
  const accounts = await readAccounts(sql, projectId, accountIds);
  const usage = groupByAccount(await readUsage(sql, projectId, accountIds, sinceDay));
  const responses = groupByAccount(await readResponses(sql, projectId, accountIds, since));
  const observations = groupByAccount(await readObservations(sql, projectId, accountIds, since));
  const lastUsageDays = await readLastUsageDays(sql, projectId, accountIds);
  return accounts.map((account) => ({
    account,
    facts: {
      accountId: account.accountId,
      createdAt: account.createdAt.getTime(),
      seats: seatsOf(account.traits),
      segments: segmentsOf(account.traits),
      usage: (usage.get(account.accountId) ?? []).map((row) => ({
        userId: row.userId,
        day: row.day,
        event: row.event,
        feature: row.event === "Feature Used" ? row.subject : null,
        count: row.count,
        engagedSeconds: row.engagedMs / 1_000,
      })),
      responses: (responses.get(account.accountId) ?? []).map((row) => ({
        userId: row.userId,
        at: row.answeredAt.getTime(),
        kind: row.measure,
        value: row.value100,
      })),
      observations: (observations.get(account.accountId) ?? []).map((row) => ({
        series: row.series,
        at: row.observedAt.getTime(),
        value: row.value,
      })),
      lastUsageDay: lastUsageDays.get(account.accountId) ?? null,
    },
  }));
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
