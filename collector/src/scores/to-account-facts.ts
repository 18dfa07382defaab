import { RESERVED_EVENTS } from "@telltale/protocol";
import type { AccountFacts, TaskRow } from "@telltale/scoring";
import type { MilestoneFact } from "../milestones/queries.ts";
import { isInSegment } from "../segments/matches.ts";
import type { SavedSegment } from "../segments/queries.ts";
import type { PromptFact } from "../surveys/read-prompt-facts.ts";
import type { AccountRow, ObservationFact, ResponseFact, UsageFact } from "./queries.ts";

const DAY_MS = 86_400_000;

/** The rows of some accounts, by account. */
export interface FactRows {
  accounts: AccountRow[];
  /** In the order of days. */
  usage: Map<string, UsageFact[]>;
  responses: Map<string, ResponseFact[]>;
  prompts: Map<string, PromptFact[]>;
  observations: Map<string, ObservationFact[]>;
  milestones: Map<string, MilestoneFact[]>;
  /** Last day of use before the rows of `usage` begin. */
  lastUsageDays: Map<string, number>;
  segments: SavedSegment[];
  /** Day numbers on which use was not measured, for anybody. */
  outageDays: number[];
}

/** The rows of one account in the terms of the scoring engine. */
export function toAccountFacts(account: AccountRow, rows: FactRows): AccountFacts {
  const { accountId, traits } = account;
  const createdAt = account.createdAt.getTime();
  const used = rows.usage.get(accountId) ?? [];
  return {
    accountId,
    createdAt,
    seats: seatsOf(traits),
    segments: [
      ...segmentsOf(traits),
      ...rows.segments.filter((one) => isInSegment(one.rules, traits)).map((one) => one.key),
    ],
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
    responses: (rows.responses.get(accountId) ?? []).map((row) => ({
      userId: row.userId,
      at: row.answeredAt.getTime(),
      kind: row.measure,
      value: row.value100,
    })),
    prompts: (rows.prompts.get(accountId) ?? []).map((row) => ({
      userId: row.userId,
      at: row.shownAt.getTime(),
      isAnswered: row.isAnswered,
    })),
    observations: (rows.observations.get(accountId) ?? []).map((row) => ({
      series: row.series,
      at: row.observedAt.getTime(),
      value: row.value,
    })),
    milestones: (rows.milestones.get(accountId) ?? []).map((row) => ({
      milestone: row.milestone,
      dueAt: row.dueAfterDays === null ? null : createdAt + row.dueAfterDays * DAY_MS,
      reachedAt: row.reachedAt?.getTime() ?? null,
    })),
    outageDays: rows.outageDays,
    lastUsageDay: used.at(-1)?.day ?? rows.lastUsageDays.get(accountId) ?? null,
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

function seatsOf(traits: Record<string, unknown>): number | null {
  const seats = traits.seats;
  return typeof seats === "number" && Number.isFinite(seats) && seats > 0 ? seats : null;
}

/** Traits that put an account among its peers. */
export const SEGMENT_TRAITS = ["plan", "industry", "size", "region", "segment"];

/** The segments that an account's traits put it in, such as `plan:pro`, sorted. */
export function segmentsOf(traits: Record<string, unknown>): string[] {
  return SEGMENT_TRAITS.flatMap((trait) => {
    const value = traits[trait];
    return typeof value === "string" && value !== "" ? [`${trait}:${value}`] : [];
  }).sort();
}
