import { Hono } from "hono";
import { rollUpChildren } from "../../accounts/roll-up-children.ts";
import { Problem } from "../../problem.ts";
import { findProject } from "../../projects/find-project.ts";
import { getPulse } from "../../pulses/take-pulse.ts";
import { explainDates } from "../../scores/explain-dates.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardEnv } from "../env.ts";
import { ChildrenPanel } from "../pulses/children-panel.tsx";
import { PulsePanel } from "../pulses/pulse-panel.tsx";
import { type PageDeps, renderPage } from "../render.tsx";
import { AccountPage } from "./account-page.tsx";
import type { Explained } from "./explain-panel.tsx";
import { parseHistorySpan } from "./history-span.tsx";
import { readAccountView } from "./read-account.ts";

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The page of one account. */
export function accountPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  async function explain(
    projectId: string,
    accountId: string,
    days: { from: string; to: string },
  ): Promise<Explained> {
    const nothing = { ...days, explanation: null, fault: null };
    if (!DAY.test(days.from) || !DAY.test(days.to)) return { ...nothing, from: "", to: "" };
    const project = await findProject(sql, projectId);
    if (!project) return nothing;
    try {
      const question = { accountId, ...days, now: deps.clock() };
      return { ...nothing, explanation: await explainDates(sql, project, question) };
    } catch (error) {
      if (error instanceof Problem) return { ...nothing, fault: error.message };
      throw error;
    }
  }

  app.get("/dashboard/accounts/:id", async (c) => {
    const project = c.get("project");
    const span = parseHistorySpan(c.req.query("span"));
    const wanted = { accountId: c.req.param("id"), historyDays: span };
    const view = await readAccountView(deps, project, wanted);
    const explained = await explain(project.id, c.req.param("id"), {
      from: c.req.query("from") ?? "",
      to: c.req.query("to") ?? "",
    });
    const canAct = includesRole(project.role, "operator");
    const key = { projectId: project.id, accountId: view.facts.accountId };
    const [pulse, rolledUp] = await Promise.all([
      getPulse(deps.database, key, deps.clock()),
      rollUpChildren(deps.database.db, key.projectId, key.accountId),
    ]);
    return renderPage(
      c,
      deps,
      { title: view.facts.name ?? view.facts.accountId, section: "book" },
      <AccountPage
        view={view}
        span={span}
        explained={explained}
        canAct={canAct}
        beside={
          <>
            <ChildrenPanel rolledUp={rolledUp} />
            <PulsePanel pulse={pulse} canSay={canAct} />
          </>
        }
      />,
    );
  });

  return app;
}
