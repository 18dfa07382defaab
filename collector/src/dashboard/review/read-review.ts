import type { AccountHealth } from "@telltale/protocol";
import { toSpan } from "../../alerts/digest.ts";
import { countAlertsBetween, type DigestCounts } from "../../alerts/digest-queries.ts";
import type { AppDeps } from "../../app.ts";
import { findReview, type ModelReview } from "../../models/find-review.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { type AlertRow, findInbox } from "../alerts/queries.ts";
import { whyMoved } from "../why-moved.ts";
import {
  findCommentsSince,
  findTierMoves,
  type ReviewComment,
  type TierMoveRow,
} from "./queries.ts";
import type { ReviewSpan } from "./review-span.tsx";

const ALERTS = 25;

/** An account in another tier than then, and why in a sentence; empty where it is not known. */
export type TierMove = Omit<TierMoveRow, "healthNow" | "healthBefore"> & { reason: string };

/** What a team talks about when it meets. */
export interface Review {
  /** The alerts of the span in numbers. */
  counts: DigestCounts;
  modelReview: ModelReview;
  moves: TierMove[];
  alerts: AlertRow[];
  comments: ReviewComment[];
}

/** The days up to now. */
export async function readReview(
  { database: { sql }, clock }: Pick<AppDeps, "database" | "clock">,
  project: Pick<MemberProject, "id" | "timeZone">,
  { days, before }: ReviewSpan,
): Promise<Review> {
  const now = clock();
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const waiting = { status: "waiting", level: "", assignee: "", sort: "pressing" } as const;
  const span = toSpan({ days, now });
  const [counts, modelReview, moves, alerts, comments] = await Promise.all([
    countAlertsBetween(sql, project.id, span),
    findReview(sql, project.id, now),
    findTierMoves(sql, project.id, toCalendarDay(today - days)),
    findInbox(sql, project.id, waiting, { limit: ALERTS, offset: 0, at: span.to }),
    findCommentsSince(sql, project.id, span.from),
  ]);
  return { counts, modelReview, moves: moves.map((row) => toMove(row, before)), alerts, comments };
}

function toMove({ healthNow, healthBefore, ...row }: TierMoveRow, then: string): TierMove {
  return {
    ...row,
    reason: whyMoved(healthBefore as AccountHealth | null, healthNow as AccountHealth, then),
  };
}
