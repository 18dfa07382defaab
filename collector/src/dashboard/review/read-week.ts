import type { AppDeps } from "../../app.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { type AlertRow, findInbox } from "../alerts/queries.ts";
import { findTierMoves, findWeekComments, type TierMove, type WeekComment } from "./queries.ts";

const DAY_MS = 86_400_000;
const ALERTS = 25;

/** What a team talks about once a week. */
export interface ReviewWeek {
  moves: TierMove[];
  alerts: AlertRow[];
  comments: WeekComment[];
}

/** The seven days up to now. */
export async function readWeek(
  { database: { sql }, clock }: Pick<AppDeps, "database" | "clock">,
  project: Pick<MemberProject, "id" | "timeZone">,
): Promise<ReviewWeek> {
  const now = clock();
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const waiting = { status: "waiting", level: "", assignee: "" } as const;
  const [moves, alerts, comments] = await Promise.all([
    findTierMoves(sql, project.id, toCalendarDay(today - 7)),
    findInbox(sql, project.id, waiting, { limit: ALERTS, offset: 0 }),
    findWeekComments(sql, project.id, new Date(now - 7 * DAY_MS).toISOString()),
  ]);
  return { moves, alerts, comments };
}
