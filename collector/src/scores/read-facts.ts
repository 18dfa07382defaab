import {
  type AccountFacts,
  findComparedWithPast,
  type ScoringModel,
  type SignalKind,
  type SignalSpec,
  SPIKE_HISTORY_DAYS,
  standingAt,
} from "@telltale/scoring";
import type { SqlQueryable } from "../db/client.ts";
import { readOutages } from "../incidents/queries.ts";
import { readMilestoneFacts } from "../milestones/queries.ts";
import { readSegmentPeriods } from "../segments/queries.ts";
import { readCommentFacts } from "../surveys/read-comment-facts.ts";
import { readPromptFacts } from "../surveys/read-prompt-facts.ts";
import { toCalendarDay } from "./civil-day.ts";
import {
  type AccountRow,
  readAccounts,
  readLastUsageDays,
  readObservations,
  readResponses,
  readTraitChanges,
  readUsage,
} from "./queries.ts";
import { readVitals, vitalsOf } from "./read-vitals.ts";
import { standingTraits } from "./standing.ts";
import { type FactRows, toAccountFacts } from "./to-account-facts.ts";

const DAY_MS = 86_400_000;
/** An own baseline compares the present window with seven earlier ones. */
const WINDOWS_OF_OWN_BASELINE = 8;
/** What counts uses: a day that stands out is cut, which the days before it tell. */
const RESTS_ON_USE: ReadonlySet<SignalKind> = new Set(["raw_score", "feature_depth", "velocity"]);
/** Without a number of seats, the most users of any of the last windows stand for it. */
const WINDOWS_OF_SEATS = 12;
/** The answers before the window tell what is usual for an account. */
const USUAL_SILENCE_DAYS = 365;
/** What looks at an account's first steps reads its whole life. */
const WHOLE_LIFE_DAYS = 3_650;

/** An account with all that its score is made of. */
export interface ScorableAccount {
  account: AccountRow;
  facts: AccountFacts;
}

/** How far back the facts of a model reach, in days. */
export function historyDays(model: ScoringModel): number {
  const comparedWithPast = findComparedWithPast(model);
  return Math.max(
    ...model.signals.map((spec) => {
      const windows = comparedWithPast.has(spec.key) ? WINDOWS_OF_OWN_BASELINE : 1;
      return signalDays(spec) * windows + (RESTS_ON_USE.has(spec.kind) ? SPIKE_HISTORY_DAYS : 0);
    }),
  );
}

/** How far back one signal looks; most look no further than their window. */
function signalDays({ kind, windowDays, staleAfterDays, aggregate }: SignalSpec): number {
  switch (kind) {
    case "time_to_value":
    case "path_adherence":
    case "critical_return":
      return WHOLE_LIFE_DAYS;
    case "seat_coverage":
      return (windowDays + 1) * WINDOWS_OF_SEATS;
    case "silence":
      return windowDays + USUAL_SILENCE_DAYS;
    case "external":
      return aggregate === "last" ? Math.max(windowDays, staleAfterDays) : windowDays;
    default:
      return windowDays;
  }
}

/** Whether a model asks how people felt who wrote comments. */
function weighsComments({ signals }: ScoringModel): boolean {
  return signals.some(
    ({ kind, responseKinds }) => kind === "comments" || responseKinds?.includes("comment"),
  );
}

/** The stretch of time that facts are read for. */
export interface FactSpan {
  model: ScoringModel;
  /** The last moment that counts, milliseconds since the epoch. */
  now: number;
  /** Day number of `now` in the project's time zone. */
  today: number;
  /** Other models that the same facts are to serve: what is read is enough for each. */
  alsoFor?: readonly ScoringModel[];
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
  const models = [span.model, ...(span.alsoFor ?? [])];
  const reachDays = Math.max(...models.map(historyDays)) + (span.earlierDays ?? 0);
  const firstDay = toCalendarDay(span.today - reachDays);
  const days = { since: firstDay, until: toCalendarDay(span.today) };
  const times = {
    since: new Date(span.now - reachDays * DAY_MS).toISOString(),
    until: new Date(span.now).toISOString(),
  };
  const segments = await readSegmentPeriods(sql, projectId);
  const changes = await readTraitChanges(sql, projectId, accountIds, standingTraits(segments));
  const rows: FactRows = {
    accounts: await readAccounts(sql, projectId, accountIds),
    usage: groupByAccount(await readUsage(sql, projectId, accountIds, days)),
    responses: groupByAccount(await readResponses(sql, projectId, accountIds, times)),
    comments: groupByAccount(
      models.some(weighsComments) ? await readCommentFacts(sql, projectId, accountIds, times) : [],
    ),
    prompts: groupByAccount(await readPromptFacts(sql, projectId, accountIds, times)),
    observations: groupByAccount(await readObservations(sql, projectId, accountIds, times)),
    vitals: groupByAccount(
      await readVitals(sql, projectId, accountIds, {
        ...times,
        vitals: [...new Set(models.flatMap(vitalsOf))],
      }),
    ),
    milestones: groupByAccount(await readMilestoneFacts(sql, projectId, accountIds)),
    lastUsageDays: await readLastUsageDays(sql, projectId, accountIds, firstDay),
    segments,
    traitChanges: groupByAccount(changes),
    outages: await readOutages(sql, projectId, days),
  };
  return rows.accounts.map((account) => ({ account, facts: toAccountFacts(account, rows) }));
}

/**
 * The facts as they stood at the end of a day, and as far back as a model looks: what was read for
 * other days too does not show, so that a day has the same bits alone and among others.
 */
export function factsOnDay(
  facts: AccountFacts,
  { model, now, today }: Pick<FactSpan, "model" | "now" | "today">,
): AccountFacts {
  const reachDays = historyDays(model);
  const firstDay = today - reachDays;
  const since = now - reachDays * DAY_MS;
  const ofDays = <Row extends { day: number }>(rows: readonly Row[] = []): Row[] =>
    rows.filter(({ day }) => day <= today && day > firstDay);
  const ofTimes = <Row extends { at: number }>(rows: readonly Row[] = []): Row[] =>
    rows.filter(({ at }) => at <= now && at > since);
  const usage = ofDays(facts.usage);
  return {
    ...facts,
    ...standingAt(facts, now),
    usage,
    tasks: ofDays(facts.tasks),
    friction: ofDays(facts.friction),
    responses: ofTimes(facts.responses),
    prompts: ofTimes(facts.prompts),
    vitals: ofTimes(facts.vitals),
    milestones: (facts.milestones ?? []).map((row) =>
      row.reachedAt !== null && row.reachedAt > now ? { ...row, reachedAt: null } : row,
    ),
    observations: ofTimes(facts.observations),
    outages: Object.fromEntries(
      Object.entries(facts.outages ?? {}).map(([source, days]) => [
        source,
        days.filter((day) => day <= today && day > firstDay),
      ]),
    ),
    lastUsageDay: usage.at(-1)?.day ?? lastUsageBefore(facts, firstDay),
  };
}

/** The last day with use up to a day, as far as rows or the note on what lies before them tell. */
function lastUsageBefore({ usage, lastUsageDay = null }: AccountFacts, day: number): number | null {
  const last = usage.findLast((row) => row.day <= day)?.day;
  if (last !== undefined) return last;
  return lastUsageDay !== null && lastUsageDay <= day ? lastUsageDay : null;
}

/** Rows by their account, in the order they came. */
export function groupByAccount<Row extends { accountId: string }>(rows: Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.accountId);
    if (group) group.push(row);
    else groups.set(row.accountId, [row]);
  }
  return groups;
}
