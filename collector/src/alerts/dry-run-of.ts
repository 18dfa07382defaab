import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../scores/civil-day.ts";
import { type DryRun, dryRun } from "./dry-run.ts";
import type { AlertRule } from "./rule.ts";

const DEFAULT_DAYS = 180;
const MAX_DAYS = 730;

/**
 * A dry run over the days that were asked for, else over the last 180.
 *
 * @throws {Problem} invalid-request, for a span that is empty, in the future or over two years
 */
export function dryRunOf(
  sql: Sql,
  project: Project,
  asked: {
    rule: Pick<AlertRule, "trigger" | "noticeHours" | "coolDownHours">;
    from?: string | undefined;
    to?: string | undefined;
    now: number;
  },
): Promise<DryRun> {
  const today = calendarDayOf(asked.now, project.timeZone);
  const to = asked.to ?? today;
  const from = asked.from ?? toCalendarDay(toDayNumber(to) - DEFAULT_DAYS + 1);
  const days = toDayNumber(to) - toDayNumber(from) + 1;
  if (days < 1 || days > MAX_DAYS || to > today) {
    throw new Problem("invalid-request", "The span can't be run.", {
      errors: [
        {
          pointer: "/from",
          detail: `must be up to ${MAX_DAYS} days before to, none of them in the future`,
        },
      ],
    });
  }
  return dryRun(sql, project, { rule: asked.rule, span: { from, to } });
}
