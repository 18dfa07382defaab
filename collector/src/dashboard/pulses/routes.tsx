import { Hono } from "hono";
import { getAccount } from "../../accounts/list-accounts.ts";
import { pulseBody } from "../../pulses/schema.ts";
import { getPulse, listDisagreements, takePulse } from "../../pulses/take-pulse.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { toNamedFaults } from "../field-faults.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import { DISAGREEMENTS_PATH, DisagreementsPage } from "./disagreements-page.tsx";
import { PULSE_LABELS, PulsePage } from "./pulse-page.tsx";

const PAGE_ROWS = 50;

/** What people think of accounts: said, and held against the score. */
export function pulsePages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { db, sql } = deps.database;

  app.get(DISAGREEMENTS_PATH, async (c) => {
    const question = { limit: PAGE_ROWS, cursor: c.req.query("cursor"), now: deps.clock() };
    const page = await listDisagreements(sql, c.get("project").id, question);
    return renderPage(
      c,
      deps,
      { title: "Disagreements", section: "alerts" },
      <DisagreementsPage page={page} />,
    );
  });

  async function show(
    c: DashboardContext,
    fields: (name: string) => string,
    faults: FieldFault[],
  ): Promise<Response> {
    const { id: projectId, role } = c.get("project");
    const accountId = c.req.param("id") ?? "";
    const account = await getAccount(db, projectId, accountId);
    const opinion = await getPulse(deps.database, { projectId, accountId }, deps.clock());
    return renderPage(
      c,
      deps,
      {
        title: `What people think of ${account.name ?? account.id}`,
        section: "book",
        status: faults.length > 0 ? 400 : 200,
      },
      <PulsePage
        account={account}
        opinion={opinion}
        fields={fields}
        faults={faults}
        canSay={includesRole(role, "operator")}
      />,
    );
  }

  app.get("/dashboard/accounts/:id/pulse", (c) => show(c, () => "", []));

  app.post("/dashboard/accounts/:id/pulse", requireRole("operator"), async (c) => {
    const fields = await readForm(c);
    const note = fields("note");
    const parsed = pulseBody.safeParse({
      tier: fields("tier"),
      author: c.get("session").member.name,
      ...(note && { note }),
    });
    if (!parsed.success) {
      return show(c, fields, toNamedFaults(parsed.error, PULSE_LABELS));
    }
    const accountId = c.req.param("id");
    const now = deps.clock();
    const subject = { projectId: c.get("project").id, accountId };
    await takePulse(deps.database, subject, { body: parsed.data, now });
    await auditAction(c, deps, {
      action: "account.pulse_given",
      target: accountId,
      after: { tier: parsed.data.tier },
      at: now,
    });
    return c.redirect(`/dashboard/accounts/${encodeURIComponent(accountId)}?said=saved#pulse`, 303);
  });
  return app;
}
