import { detectOutages, type SourceVerdict } from "@telltale/scoring";
import { muteAlerts, unmuteAlerts } from "../alerts/mutes.ts";
import type { Sql, SqlQueryable } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../scores/civil-day.ts";
import { queueAllReopened } from "../scores/reopened-days.ts";
import { queueAllAccounts } from "../scores/rescore-queue.ts";
import { publishMessage } from "../webhooks/publish-message.ts";
import {
  deleteIncidents,
  insertIncident,
  readIncidents,
  readSourceDays,
  resolveIncidents,
} from "./queries.ts";

/** Judged days; the weeks before them serve as history. */
const JUDGED_DAYS = 14;
const HISTORY_DAYS = 9 * 7;

/**
 * Judges what each source sent on the days that are over against the same weekdays before. When one
 * fell silent for nearly everybody an incident opens: alerts are muted, the day counts as unknown
 * and not as zero, and `data.incident` is sent. When the source is back, alerts may open again. Days
 * that were scored before this was known are scored again.
 *
 * @param now - milliseconds since the epoch
 * @returns days that became incidents now
 */
export async function watchOutages(sql: Sql, project: Project, now: number): Promise<number> {
  const at = new Date(now).toISOString();
  const yesterday = toDayNumber(calendarDayOf(now, project.timeZone)) - 1;
  const from = yesterday - JUDGED_DAYS + 1;
  const span = { from: toCalendarDay(from - HISTORY_DAYS), to: toCalendarDay(yesterday) };
  const days = await readSourceDays(sql, project.id, span);
  const outages = detectOutages({ days, from, to: yesterday }).filter(
    (one) => one.verdict === "outage",
  );
  return sql.begin(async (tx) => {
    const opened: string[] = [];
    for (const outage of outages) {
      if (await openIncident(tx, project.id, outage, at)) opened.push(toCalendarDay(outage.day));
    }
    const takenBack = await takeBack(tx, project.id, outages, toCalendarDay(from));
    const lastOutages = outages.filter((one) => one.day === yesterday).map((one) => one.source);
    const back = await resolveIncidents(tx, project.id, { lastOutages, at });
    for (const source of lastOutages) {
      await muteAlerts(tx, project.id, { reason: `outage:${source}`, at });
    }
    for (const source of back) {
      await unmuteAlerts(tx, project.id, { reason: `outage:${source}`, at });
    }
    const [fromDay] = [...opened, ...takenBack].sort();
    if (fromDay !== undefined) {
      await queueAllAccounts(tx, project.id, at);
      await queueAllReopened(tx, project.id, { fromDay, now: at });
    }
    return opened.length;
  });
}

async function openIncident(
  sql: SqlQueryable,
  projectId: string,
  outage: SourceVerdict,
  at: string,
): Promise<boolean> {
  const { source, expected, observed } = outage;
  const day = toCalendarDay(outage.day);
  if (!(await insertIncident(sql, { projectId, source, day, expected, observed, at })))
    return false;
  await publishMessage(sql, {
    projectId,
    type: "data.incident",
    accountId: "",
    sequence: null,
    data: {
      schemaVersion: 1,
      kind: "source_silent",
      source,
      day,
      reason: `${observed.accounts} accounts sent ${source} on ${day}; ${expected.accounts} are usual.`,
      expected,
      observed,
    },
    at,
  });
  return true;
}

/** Late events may have filled a day that looked lost. @returns such days */
async function takeBack(
  sql: SqlQueryable,
  projectId: string,
  outages: SourceVerdict[],
  sinceDay: string,
): Promise<string[]> {
  const still = new Set(outages.map((one) => `${one.source} ${toCalendarDay(one.day)}`));
  const known = await readIncidents(sql, projectId, sinceDay);
  const gone = known.filter((one) => !still.has(`${one.source} ${one.day}`));
  await deleteIncidents(sql, projectId, gone);
  return gone.map(({ day }) => day);
}
