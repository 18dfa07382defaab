import { Hono } from "hono";
import { type AlertAction, actOnAlert, OUTCOMES } from "../../alerts/act-on-alert.ts";
import { measureInterventions } from "../../alerts/interventions.ts";
import { getAlert } from "../../alerts/list-alerts.ts";
import { measureNoise } from "../../alerts/noise.ts";
import { findReview } from "../../models/find-review.ts";
import { readContactBudget } from "../../playbooks/contact-budget.ts";
import { Problem } from "../../problem.ts";
import { listMembers } from "../../sign-in/members.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, originOf, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { AlertPage } from "./alert-page.tsx";
import { toPlan } from "./alert-view.ts";
import { getAlertRow } from "./get-alert.ts";
import { inboxQuery } from "./inbox-filter.ts";
import { InboxPage } from "./inbox-page.tsx";
import { NOISE_WEEKS, NoisePage } from "./noise-page.tsx";
import { readInbox } from "./read-inbox.ts";
import { readRuleNames } from "./read-rule-names.ts";
import { saveProgress } from "./save-progress.ts";

const DAY_MS = 86_400_000;
const EFFECT_DAYS = 365;

/** What is done to an alert, and what is said of it then. */
const SAID = {
  acknowledge: "acknowledged",
  assign: "assigned",
  snooze: "snoozed",
  resolve: "resolved",
} as const;
type Verb = keyof typeof SAID;

/** The inbox, an alert and what is done about it, and what all of it brings. */
export function alertPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;

  const getAlertOf = (c: DashboardContext) =>
    getAlertRow(sql, c.get("project").id, c.req.param("id") ?? "");

  app.get("/dashboard/alerts", async (c) => {
    const { page, ...filter } = inboxQuery.parse(c.req.query());
    const { id } = c.get("project");
    const now = deps.clock();
    const [inbox, review] = await Promise.all([
      readInbox(sql, id, filter, { page, now }),
      findReview(sql, id, now),
    ]);
    return renderPage(
      c,
      deps,
      { title: "Alerts", section: "alerts" },
      <InboxPage inbox={inbox} filter={filter} review={review} />,
    );
  });

  app.get("/dashboard/alerts/noise", async (c) => {
    const { id } = c.get("project");
    const now = deps.clock();
    const [noise, ruleNames, effect] = await Promise.all([
      measureNoise(sql, id, { weeks: NOISE_WEEKS, now }),
      readRuleNames(sql, id, now),
      measureInterventions(sql, id, { days: EFFECT_DAYS, now }),
    ]);
    return renderPage(
      c,
      deps,
      { title: "Noise and effect", section: "alerts" },
      <NoisePage noise={noise} ruleNames={ruleNames} effect={effect} />,
    );
  });

  app.get("/dashboard/alerts/:id", async (c) => {
    const project = c.get("project");
    const alert = await getAlertOf(c);
    const now = deps.clock();
    const at = new Date(now).toISOString();
    const [members, ruleNames, budget] = await Promise.all([
      listMembers(db, project.id),
      readRuleNames(sql, project.id, now),
      alert.accountId === ""
        ? null
        : readContactBudget(sql, { projectId: project.id, accountId: alert.accountId, at }),
    ]);
    return renderPage(
      c,
      deps,
      { title: alert.accountName ?? "Alert", section: "alerts" },
      <AlertPage
        alert={alert}
        canAct={includesRole(project.role, "operator")}
        members={members.map(({ name }) => name)}
        ruleName={ruleNames.get(alert.rule) ?? alert.rule}
        budget={budget}
      />,
    );
  });

  app.post("/dashboard/alerts/:id/steps", requireRole("operator"), async (c) => {
    const alert = await getAlertOf(c);
    const field = await readForm(c);
    const { playbook, done: before } = toPlan(alert);
    const done = (playbook?.steps ?? []).flatMap((_, at) =>
      field(`step-${at}`) === "done" ? [at] : [],
    );
    await saveProgress(
      sql,
      { id: alert.id, before: [...before], done },
      { ...originOf(c), at: deps.clock() },
    );
    return c.redirect(`/dashboard/alerts/${alert.id}?said=saved`, 303);
  });

  const actions: Record<Verb, (field: (name: string) => string, member: string) => AlertAction> = {
    acknowledge: (_, member) => ({ kind: "acknowledge", assignee: member }),
    assign: (field) => ({ kind: "assign", assignee: field("assignee").slice(0, 200) }),
    snooze: (field, member) => ({
      kind: "snooze",
      until: toSnoozeEnd(field("days"), deps.clock()),
      note: field("why").slice(0, 2_000),
      by: member,
    }),
    resolve: (field) => ({
      kind: "resolve",
      outcome: OUTCOMES.find((outcome) => outcome === field("outcome")) ?? "no_action",
      ...(field("note") && { note: field("note").slice(0, 2_000) }),
    }),
  };
  for (const verb of Object.keys(SAID) as Verb[]) {
    app.post(`/dashboard/alerts/:id/${verb}`, requireRole("operator"), async (c) => {
      const alert = await getAlertOf(c);
      const action = actions[verb](await readForm(c), c.get("session").member.name);
      if (action.kind === "assign" && action.assignee === "") {
        throw new Problem("invalid-request", "Say whom to assign it to.");
      }
      const key = { projectId: c.get("project").id, id: alert.id };
      const before = await getAlert(sql, key.projectId, key.id);
      const after = await actOnAlert({ ...deps, sql }, key, action);
      const said = `alert.${SAID[verb]}` as const;
      const entry = { action: said, target: alert.id, at: deps.clock() };
      await auditAction(c, deps, { ...entry, before, after });
      return c.redirect(`/dashboard/alerts/${alert.id}?said=${SAID[verb]}`, 303);
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
