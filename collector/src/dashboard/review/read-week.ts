import type { AccountHealth } from "@telltale/protocol";
import { toSpan } from "../../alerts/digest.ts";
import { countAlertsBetween, type DigestCounts } from "../../alerts/digest-queries.ts";
import type { AppDeps } from "../../app.ts";
import { findReview, type ModelReview } from "../../models/find-review.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { type AlertRow, findInbox } from "../alerts/queries.ts";
import { whyMoved } from "../why-moved.ts";
import { findTierMoves, findWeekComments, type TierMoveRow, type WeekComment } from "./queries.ts";
import type { ReviewSpan } from "./review-span.tsx";

const ALERTS = 25;

/** An account in another tier than then, and why in a sentence; empty where it is not known. */
export type TierMove = Omit<TierMoveRow, "healthNow" | "healthBefore"> & { reason: string };

/** What a team talks about when it meets. */
export interface ReviewWeek {
  /** The alerts of the span in numbers. */
  counts: DigestCounts;
  review: ModelReview;
  moves: TierMove[];
  alerts: AlertRow[];
  comments: WeekComment[];
}

/** The days up to now. */
export async function readWeek(
  { database: { sql }, clock }: Pick<AppDeps, "database" | "clock">,
  project: Pick<MemberProject, "id" | "timeZone">,
  { days, before }: ReviewSpan,
): Promise<ReviewWeek> {
  const now = clock();
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const waiting = { status: "waiting", level: "", assignee: "", sort: "pressing" } as const;
  const span = toSpan({ days, now });
  const [counts, review, moves, alerts, comments] = await Promise.all([
    countAlertsBetween(sql, project.id, span),
    findReview(sql, project.id, now),
    findTierMoves(sql, project.id, toCalendarDay(today - days)),
    findInbox(sql, project.id, waiting, { limit: ALERTS, offset: 0, at: span.to }),
    findWeekComments(sql, project.id, span.from),
  ]);
  return { counts, review, moves: moves.map((row) => toMove(row, before)), alerts, comments };
}

function toMove({ healthNow, healthBefore, ...row }: TierMoveRow, then: string): TierMove {
  return {
    ...row,
    reason: whyMoved(healthBefore as AccountHealth | null, healthNow as AccountHealth, then),
  };
}
