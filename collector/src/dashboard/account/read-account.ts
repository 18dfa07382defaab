import type { AccountHealth } from "@telltale/protocol";
import type { AppDeps } from "../../app.ts";
import { Problem } from "../../problem.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import { getCurrentModel } from "../../scores/current-model.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import {
  findAccountFacts,
  findAccountMessages,
  findAccountUsers,
  findAnswers,
  readFeatureDays,
  readHealthOfDays,
  readHistory,
  readHistoryMarks,
} from "./queries.ts";
import { findAccountAlerts } from "../alerts/queries.ts";

const HISTORY_DAYS = 180;
const USAGE_DAYS = 28;
const SPARK_WEEKS = 12;

/** A feature with its use per day, oldest first. */
export interface FeatureUse {
  feature: string;
  counts: number[];
  total: number;
  users: number;
}

export type AccountView = Awaited<ReturnType<typeof readAccountView>>;

/**
 * All that an account's page shows.
 *
 * @throws {Problem} not-found
 */
export async function readAccountView(
  { database: { sql }, clock }: Pick<AppDeps, "database" | "clock">,
  project: MemberProject,
  accountId: string,
) {
  const now = clock();
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const since = toCalendarDay(today - HISTORY_DAYS);
  const monthAgo = toCalendarDay(today - USAGE_DAYS);
  const sparkDays = Array.from({ length: SPARK_WEEKS }, (_, week) =>
    toCalendarDay(today - 7 * (SPARK_WEEKS - 1 - week)),
  );
  const facts = await findAccountFacts(sql, project.id, accountId);
  if (!facts) throw new Problem("not-found", "There is no such account in this project.");
  const scope = { projectId: project.id, accountId, since, timeZone: project.timeZone };
  const [history, weekly, marks, users, featureDays, answers, messages, alerts, model] =
    await Promise.all([
      readHistory(sql, project.id, accountId, since),
      readHealthOfDays(sql, project.id, accountId, sparkDays),
      readHistoryMarks(sql, scope),
      findAccountUsers(sql, project.id, accountId, monthAgo),
      readFeatureDays(sql, project.id, accountId, monthAgo),
      findAnswers(sql, project.id, accountId),
      findAccountMessages(sql, project.id, accountId),
      findAccountAlerts(sql, project.id, accountId),
      getCurrentModel(sql, project.id, now),
    ]);
  const past = new Map(weekly.map((row) => [row.day, row.health as AccountHealth]));
  return {
    facts,
    health: facts.health as AccountHealth | null,
    history,
    /** By component: its value at each of the last twelve weeks' ends. */
    sparkOf: (key: string) =>
      sparkDays.map(
        (day) =>
          past.get(day)?.components.find((component) => component.key === key)?.value ?? null,
      ),
    marks,
    users,
    features: toFeatureUse(featureDays, today),
    answers,
    messages,
    alerts,
    bounds: model.tiers,
  };
}

function toFeatureUse(
  rows: { feature: string; day: string; count: number; users: number }[],
  today: number,
): FeatureUse[] {
  const byFeature = new Map<string, FeatureUse>();
  for (const { feature, day, count, users } of rows) {
    const use = byFeature.get(feature) ?? {
      feature,
      counts: Array<number>(USAGE_DAYS).fill(0),
      total: 0,
      users: 0,
    };
    use.counts[USAGE_DAYS - 1 - (today - toDayNumber(day))] = count;
    use.total += count;
    use.users = Math.max(use.users, users);
    byFeature.set(feature, use);
  }
  return [...byFeature.values()].sort((a, b) => b.total - a.total).slice(0, 20);
}
