import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../scores/civil-day.ts";
import { findByTrigger, type Look } from "./condition-queries.ts";
import { readFates } from "./dry-run-queries.ts";
import type { AlertRule } from "./rule.ts";
import { advanceRule, NO_STATE, type RuleState } from "./rule-state.ts";

/** Calendar days, both inclusive. */
export interface DryRunSpan {
  from: string;
  to: string;
}

/** One alert that would have been. */
export interface WouldHaveFired {
  accountId: string;
  accountName: string | null;
  firedOn: string;
  resolvedOn: string | null;
  /** The account's first outcome of that kind afterwards. */
  churnedOn: string | null;
  renewedOn: string | null;
  /** From the alert to the churn. */
  leadDays: number | null;
}

/** What a rule would have done. */
export interface DryRun extends DryRunSpan {
  fired: number;
  accounts: number;
  alertsPerWeek: number;
  followedByChurn: number;
  followedByRenewal: number;
  /** Accounts that churned within the span and up to 90 days after, and how many had an alert before. */
  churns: number;
  churnsCaught: number;
  medianLeadDays: number | null;
  /** Newest first, at most 200. */
  alerts: WouldHaveFired[];
}

const DAY_MS = 86_400_000;
const KEPT = 200;

type Timed = Pick<AlertRule, "trigger" | "noticeHours" | "coolDownHours">;

/**
 * Runs a rule over past days with the code that will run it live: the same questions to the
 * database, asked as of each day, and the same notice and cool-down. Nothing is written.
 */
export async function dryRun(
  sql: Sql,
  project: Project,
  { rule, span }: { rule: Timed; span: DryRunSpan },
): Promise<DryRun> {
  const { from, to } = span;
  const open = new Map<string, WouldHaveFired>();
  const alerts: WouldHaveFired[] = [];
  let states = new Map<string, RuleState>();
  for (let number = toDayNumber(from); number <= toDayNumber(to); number++) {
    const look = lookAt(project, number);
    const found = new Map(
      (await findByTrigger(sql, look, rule.trigger)).map((row) => [row.accountId, row]),
    );
    const next = new Map<string, RuleState>();
    for (const accountId of new Set([...found.keys(), ...states.keys()])) {
      const row = found.get(accountId);
      const finding = row ? (row.isMet ? "met" : "between") : "cleared";
      const at = number * DAY_MS;
      const before = states.get(accountId) ?? NO_STATE;
      const { state, action } = advanceRule(before, { finding, at }, rule);
      next.set(accountId, state);
      if (action === "open") open.set(accountId, fired(accountId, look.day));
      const ended = open.get(accountId);
      if (action === "resolve" && ended) {
        alerts.push({ ...ended, resolvedOn: look.day });
        open.delete(accountId);
      }
    }
    states = next;
  }
  alerts.push(...open.values());
  return summarise(alerts, span, await readFates(sql, project.id, span));
}

/** The last moment of a day; noon would do for most triggers, but answers count by the second. */
function lookAt(project: Project, dayNumber: number): Look {
  const day = toCalendarDay(dayNumber);
  let endMs = (dayNumber + 1) * DAY_MS - 1;
  // The zone's offset is found by asking which day it is there.
  while (calendarDayOf(endMs, project.timeZone) > day) endMs -= 3_600_000;
  while (calendarDayOf(endMs + 3_600_000, project.timeZone) <= day) endMs += 3_600_000;
  return { projectId: project.id, at: new Date(endMs).toISOString(), day };
}

const fired = (accountId: string, firedOn: string): WouldHaveFired => ({
  accountId,
  accountName: null,
  firedOn,
  resolvedOn: null,
  churnedOn: null,
  renewedOn: null,
  leadDays: null,
});

function summarise(
  alerts: WouldHaveFired[],
  { from, to }: DryRunSpan,
  fates: Awaited<ReturnType<typeof readFates>>,
): DryRun {
  const told = alerts
    .map((alert): WouldHaveFired => {
      const fate = fates.get(alert.accountId);
      const after = (days: string[] | undefined) =>
        days?.find((day) => day >= alert.firedOn) ?? null;
      const churnedOn = after(fate?.churnedOn);
      return {
        ...alert,
        accountName: fate?.name ?? null,
        churnedOn,
        renewedOn: after(fate?.renewedOn),
        leadDays: churnedOn && toDayNumber(churnedOn) - toDayNumber(alert.firedOn),
      } as WouldHaveFired;
    })
    .sort((a, b) => (a.firedOn < b.firedOn ? 1 : -1));
  const churned = [...fates].filter(([, fate]) => fate.churnedOn.length > 0);
  const caught = new Set(told.filter((alert) => alert.churnedOn).map((alert) => alert.accountId));
  const leads = told.flatMap((alert) => alert.leadDays ?? []).sort((a, b) => a - b);
  const days = toDayNumber(to) - toDayNumber(from) + 1;
  return {
    from,
    to,
    fired: told.length,
    accounts: new Set(told.map((alert) => alert.accountId)).size,
    alertsPerWeek: Math.round((told.length / days) * 70) / 10,
    followedByChurn: told.filter((alert) => alert.churnedOn !== null).length,
    followedByRenewal: told.filter((alert) => !alert.churnedOn && alert.renewedOn).length,
    churns: churned.length,
    churnsCaught: caught.size,
    medianLeadDays: leads.length === 0 ? null : (leads[Math.floor(leads.length / 2)] as number),
    alerts: told.slice(0, KEPT),
  };
}
