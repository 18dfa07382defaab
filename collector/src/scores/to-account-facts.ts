import { RESERVED_EVENTS } from "@telltale/protocol";
import type { AccountFacts, TaskRow } from "@telltale/scoring";
import type { MilestoneFact } from "../milestones/queries.ts";
import type { SegmentPeriod } from "../segments/queries.ts";
import type { CommentFact } from "../surveys/read-comment-facts.ts";
import type { PromptFact } from "../surveys/read-prompt-facts.ts";
import type { AccountRow, ObservationFact, ResponseFact, UsageFact } from "./queries.ts";
import type { VitalFact } from "./read-vitals.ts";
import { standingOf, standingsOf, type TraitChange } from "./standing.ts";

const DAY_MS = 86_400_000;

/** The rows of some accounts, by account. */
export interface FactRows {
  accounts: AccountRow[];
  /** In the order of days. */
  usage: Map<string, UsageFact[]>;
  responses: Map<string, ResponseFact[]>;
  comments: Map<string, CommentFact[]>;
  prompts: Map<string, PromptFact[]>;
  observations: Map<string, ObservationFact[]>;
  vitals: Map<string, VitalFact[]>;
  milestones: Map<string, MilestoneFact[]>;
  /** Last day of use before the rows of `usage` begin. */
  lastUsageDays: Map<string, number>;
  segments: SegmentPeriod[];
  /** In the order of time. */
  traitChanges: Map<string, TraitChange[]>;
  /** By source, the day numbers on which it was silent for everybody. */
  outages: Record<string, number[]>;
}

/** The rows of one account in the terms of the scoring engine. */
export function toAccountFacts(account: AccountRow, rows: FactRows): AccountFacts {
  const { accountId } = account;
  const createdAt = account.createdAt.getTime();
  const used = rows.usage.get(accountId) ?? [];
  const { seats, segments } = standingOf(account.traits, rows.segments, Number.MAX_SAFE_INTEGER);
  return {
    accountId,
    createdAt,
    seats,
    segments,
    standings: standingsOf(account, rows.traitChanges.get(accountId) ?? [], rows.segments),
    usage: used,
    tasks: toTasks(used),
    friction: used
      .filter((row) => row.event === RESERVED_EVENTS.friction)
      .map((row) => ({ day: row.day, kind: row.subject, count: row.count })),
    responses: [
      ...(rows.responses.get(accountId) ?? []),
      ...(rows.comments.get(accountId) ?? []),
    ].map((row) => ({
      userId: row.userId,
      at: row.answeredAt.getTime(),
      kind: row.measure,
      value: row.value100,
    })),
    prompts: (rows.prompts.get(accountId) ?? []).map((row) => ({
      userId: row.userId,
      at: row.shownAt.getTime(),
      answeredAt: row.answeredAt?.getTime() ?? null,
      settledAt: row.settledAt.getTime(),
    })),
    observations: (rows.observations.get(accountId) ?? []).map((row) => ({
      series: row.series,
      at: row.observedAt.getTime(),
      value: row.value,
    })),
    vitals: rows.vitals.get(accountId) ?? [],
    milestones: (rows.milestones.get(accountId) ?? []).map((row) => ({
      milestone: row.milestone,
      dueAt: row.dueAfterDays === null ? null : createdAt + row.dueAfterDays * DAY_MS,
      reachedAt: row.reachedAt?.getTime() ?? null,
    })),
    outages: rows.outages,
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
