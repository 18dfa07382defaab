import type { AccountHealth } from "@telltale/protocol";
import { countTierChanges } from "@telltale/scoring";
import type { AppDeps } from "../../app.ts";
import type { Sql } from "../../db/client.ts";
import { findUnsignedShare } from "../../identity/unsigned-share.ts";
import { readContactBudget } from "../../playbooks/contact-budget.ts";
import { Problem } from "../../problem.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import { getCurrentModel } from "../../scores/current-model.ts";
import { listSpikes, type UsageSpike } from "../../scores/list-spikes.ts";
import { type Peers, readPeers } from "../../scores/read-peers.ts";
import { segmentsOf } from "../../scores/standing.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { findAccountAlerts } from "../alerts/queries.ts";
import { toCount, toWhole } from "../format.ts";
import { type HistoryMark, readHistoryMarks } from "./mark-queries.ts";
import {
  type AccountFactsRow,
  findAccountFacts,
  findAccountMessages,
  findAccountUsers,
  findAnswers,
  findReachedMilestones,
  readFeatureWeeks,
  readHealthOfDays,
  readHistory,
} from "./queries.ts";

const USAGE_DAYS = 28;
const SPARK_WEEKS = 12;
/** Weeks of the feature timeline. */
export const TIMELINE_WEEKS = 26;

export type AccountView = Awaited<ReturnType<typeof readAccountView>>;

/**
 * All that an account's page shows.
 *
 * @throws {Problem} not-found
 */
export async function readAccountView(
  { database: { sql }, clock }: Pick<AppDeps, "database" | "clock">,
  project: MemberProject,
  { accountId, historyDays }: { accountId: string; historyDays: number },
) {
  const now = clock();
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const dayBefore = (days: number): string => toCalendarDay(today - days);
  const sparkDays = Array.from({ length: SPARK_WEEKS }, (_, week) =>
    dayBefore(7 * (SPARK_WEEKS - 1 - week)),
  );
  const facts = await findAccountFacts(sql, project.id, accountId);
  if (!facts) throw new Problem("not-found", "There is no such account in this project.");
  const key = { projectId: project.id, accountId };
  const since = dayBefore(historyDays);
  const monthAgo = dayBefore(USAGE_DAYS);
  const weeks = { today: dayBefore(0), since: dayBefore(7 * TIMELINE_WEEKS), monthAgo };
  const [
    history,
    weekly,
    marks,
    users,
    features,
    milestones,
    answers,
    messages,
    alerts,
    model,
    peers,
    budget,
    unsignedShare,
    spikes,
  ] = await Promise.all([
    readHistory(sql, project.id, accountId, since),
    readHealthOfDays(sql, project.id, accountId, sparkDays),
    readHistoryMarks(sql, { ...key, since, timeZone: project.timeZone }),
    findAccountUsers(sql, project.id, accountId, monthAgo),
    readFeatureWeeks(sql, key, weeks),
    findReachedMilestones(sql, key),
    findAnswers(sql, project.id, accountId),
    findAccountMessages(sql, project.id, accountId),
    findAccountAlerts(sql, project.id, accountId),
    getCurrentModel(sql, project.id, now),
    readPeersOf(sql, project.id, facts),
    readContactBudget(sql, { ...key, at: new Date(now).toISOString() }),
    findUnsignedShare(sql, { ...key, now }),
    listSpikes(sql, key, { from: since, to: dayBefore(0) }),
  ]);
  const past = new Map(weekly.map((row) => [row.day, row.health as AccountHealth]));
  return {
    facts,
    health: facts.health as AccountHealth | null,
    history,
    /** A signal's value at each of the last twelve weeks' ends, in its unit. */
    pastOf: (signal: string): (number | null)[] =>
      sparkDays.map(
        (day) =>
          past
            .get(day)
            ?.components.flatMap(({ signals }) => signals)
            .find((one) => one.key === signal)?.value ?? null,
      ),
    marks: [...marks, ...spikes.map(toMark)],
    tierChanges: countTierChanges(history),
    users,
    features,
    milestones,
    answers,
    messages,
    alerts,
    peers,
    budget,
    unsignedShare,
    bounds: model.tiers,
    today: weeks.today,
  };
}

const toMark = ({ day, uses, countedAs }: UsageSpike): HistoryMark => ({
  day,
  kind: "spike",
  text: `${toCount(uses, "use")}, far more than usual: its signals count ${toWhole(countedAs)}`,
});

async function readPeersOf(sql: Sql, projectId: string, facts: AccountFactsRow): Promise<Peers> {
  const health = facts.health as AccountHealth | null;
  if (!health) return { segment: null, bands: new Map() };
  const { modelVersion, normsVersion } = health;
  const segments = segmentsOf(facts.traits);
  return readPeers(sql, projectId, { modelVersion, normsVersion, segments });
}
