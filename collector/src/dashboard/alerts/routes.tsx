import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { z } from "zod";
import { type AlertAction, actOnAlert, OUTCOMES } from "../../alerts/act-on-alert.ts";
import { measureNoise } from "../../alerts/noise.ts";
import { Problem } from "../../problem.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import { listMembers } from "../../sign-in/members.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import {
  type AlertRow,
  countAlerts,
  findAlert,
  findInbox,
  listAssignees,
  updateDoneSteps,
} from "../queries/alerts.ts";
import { findTierMoves, findWeekComments } from "../queries/review.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { ReviewPage } from "../review/review-page.tsx";
import { AlertPage } from "./alert-page.tsx";
import { toPlan } from "./alert-view.ts";
import { InboxPage } from "./inbox-page.tsx";
import { NOISE_WEEKS, NoisePage } from "./noise-page.tsx";

const DAY_MS = 86_400_000;
const PAGE_ROWS = 30;

const inboxQuery = z.object({
  status: z
    .enum(["", "waiting", "open", "acknowledged", "snoozed", "resolved"])
    .catch("waiting")
    .default("waiting"),
  level: z.enum(["", "monitor", "outreach", "intervene"]).catch("").default(""),
  assignee: z.string().max(200).catch("").default(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});

/** The inbox, an alert, the weekly review, and the noise report. */
export function alertPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;

  async function getAlertOf(c: DashboardContext): Promise<AlertRow> {
    const id = c.req.param("id") ?? "";
    const alert = isUuid(id) ? await findAlert(sql, c.get("project").id, id) : null;
    if (!alert) throw new Problem("not-found", "There is no such alert in this project.");
    return alert;
  }

  app.get("/dashboard/alerts", async (c) => {
    const { id } = c.get("project");
    const { page, ...filter } = inboxQuery.parse(c.req.query());
    const [rows, counts, assignees] = await Promise.all([
      findInbox(sql, id, filter, { limit: PAGE_ROWS + 1, offset: (page - 1) * PAGE_ROWS }),
      countAlerts(sql, id),
      listAssignees(sql, id),
    ]);
    return renderPage(
      c,
      deps,
      { title: "Alerts", section: "alerts" },
      <InboxPage
        alerts={rows.slice(0, PAGE_ROWS)}
        filter={filter}
        counts={counts}
        assignees={assignees}
        page={{ number: page, hasMore: rows.length > PAGE_ROWS }}
      />,
    );
  });

  app.get("/dashboard/alerts/noise", async (c) => {
    const { id } = c.get("project");
    const noise = await measureNoise(sql, id, { weeks: NOISE_WEEKS, now: deps.clock() });
    return renderPage(c, deps, { title: "Noise", section: "alerts" }, <NoisePage noise={noise} />);
  });

  app.get("/dashboard/review", async (c) => {
    const project = c.get("project");
    const now = deps.clock();
    const today = toDayNumber(calendarDayOf(now, project.timeZone));
    const filter = { status: "waiting", level: "", assignee: "" } as const;
    const [moves, alerts, comments] = await Promise.all([
      findTierMoves(sql, project.id, toCalendarDay(today - 7)),
      findInbox(sql, project.id, filter, { limit: 25, offset: 0 }),
      findWeekComments(sql, project.id, new Date(now - 7 * DAY_MS).toISOString()),
    ]);
    const week = { moves, alerts, comments };
    return renderPage(
      c,
      deps,
      { title: "Weekly review", section: "alerts" },
      <ReviewPage week={week} />,
    );
  });

  app.get("/dashboard/alerts/:id", async (c) => {
    const project = c.get("project");
    const [alert, members] = await Promise.all([getAlertOf(c), listMembers(db, project.id)]);
    return renderPage(
      c,
      deps,
      { title: alert.accountName ?? "Alert", section: "alerts" },
      <AlertPage
        alert={alert}
        canAct={includesRole(project.role, "operator")}
        members={members.map(({ name }) => name)}
      />,
    );
  });

  app.post("/dashboard/alerts/:id/steps", requireRole("operator"), async (c) => {
    const alert = await getAlertOf(c);
    const field = await readForm(c);
    const done = (toPlan(alert).playbook?.steps ?? []).flatMap((_, at) =>
      field(`step-${at}`) === "done" ? [at] : [],
    );
    const at = deps.clock();
    await sql.begin(async (tx) => {
      const projectId = c.get("project").id;
      await updateDoneSteps(tx, { projectId, id: alert.id, done, at: new Date(at).toISOString() });
      await auditAction(c, tx, { action: "playbook.progressed", target: alert.id, at });
    });
    return c.redirect(`/dashboard/alerts/${alert.id}?said=saved`, 303);
  });

  const actions: Record<string, (field: (name: string) => string, member: string) => AlertAction> =
    {
      acknowledge: (_, member) => ({ kind: "acknowledge", assignee: member }),
      assign: (field) => ({ kind: "assign", assignee: field("assignee").slice(0, 200) }),
      snooze: (field) => ({ kind: "snooze", until: toSnoozeEnd(field("days"), deps.clock()) }),
      resolve: (field) => ({
        kind: "resolve",
        outcome: OUTCOMES.find((outcome) => outcome === field("outcome")) ?? "no_action",
        ...(field("note") && { note: field("note").slice(0, 2_000) }),
      }),
    };
  const said: Record<string, string> = {
    acknowledge: "acknowledged",
    assign: "assigned",
    snooze: "snoozed",
    resolve: "resolved",
  };
  for (const [verb, toAction] of Object.entries(actions)) {
    app.post(`/dashboard/alerts/:id/${verb}`, requireRole("operator"), async (c) => {
      const alert = await getAlertOf(c);
      const action = toAction(await readForm(c), c.get("session").member.name);
      if (action.kind === "assign" && action.assignee === "") {
        throw new Problem("invalid-request", "Say whom to assign it to.");
      }
      await actOnAlert({ ...deps, sql }, { projectId: c.get("project").id, id: alert.id }, action);
      await auditAction(c, sql, {
        action: `alert.${said[verb]}`,
        target: alert.id,
        at: deps.clock(),
      });
      return c.redirect(`/dashboard/alerts/${alert.id}?said=${said[verb]}`, 303);
    });
  }
  return app;
}

function toSnoozeEnd(days: string, now: number): string {
  const count = Number(days);
  if (![1, 3, 7, 14].includes(count)) {
    throw new Problem("invalid-request", "An alert is snoozed for 1, 3, 7 or 14 days.");
  }
  return new Date(now + count * DAY_MS).toISOString();
}
