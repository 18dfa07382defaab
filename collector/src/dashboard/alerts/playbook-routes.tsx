import { Hono } from "hono";
import { listPlaybooks } from "../../playbooks/choose-playbook.ts";
import { weeklyBudgetOf } from "../../playbooks/contact-budget.ts";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { removePlaybook, savePlaybook } from "../../playbooks/save-playbook.ts";
import { Problem } from "../../problem.ts";
import { findProject } from "../../projects/find-project.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { toKey } from "../to-key.ts";
import type { FieldFault } from "../ui/field.tsx";
import { NEW_PLAYBOOK, parsePlaybook, toPlaybookFields } from "./parse-playbook.ts";
import type { Field } from "./parse-rule.ts";
import { PlaybookPage } from "./playbook-page.tsx";
import { PlaybooksPage, playbookHref } from "./playbooks-page.tsx";
import { readSpentBudgets } from "./read-inbox.ts";
import { readPlaybookPreview } from "./read-playbook-preview.ts";

interface Shown {
  known: (Playbook & { isOwn: boolean }) | null;
  fields: Field;
  faults: FieldFault[];
  /** What is filled in for an account. */
  playbook: Playbook;
  accountId: string;
}

/** What to do when an alert opens. */
export function playbookPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;
  const path = "/dashboard/alerts/playbooks";

  const projectIdOf = (c: DashboardContext): string => c.get("project").id;
  const canChangeFor = (c: DashboardContext) => includesRole(c.get("project").role, "admin");

  async function getKnown(c: DashboardContext) {
    const key = c.req.param("key") ?? "";
    const known = (await listPlaybooks(sql, projectIdOf(c))).find((one) => one.key === key);
    if (!known) throw new Problem("not-found", "There is no such playbook in this project.");
    return known;
  }

  async function show(c: DashboardContext, shown: Shown): Promise<Response> {
    const { known, fields, faults, playbook, accountId } = shown;
    const wish = { playbook, accountId };
    // A preview with faults is a page like any other; only what was sent to be saved is refused.
    const isRefused = faults.length > 0 && c.req.method === "POST";
    const example = await readPlaybookPreview({ ...deps, sql }, projectIdOf(c), wish);
    return renderPage(
      c,
      deps,
      {
        title: known?.name ?? "New playbook",
        section: "alerts",
        islands: ["trial"],
        status: isRefused ? 400 : 200,
      },
      <PlaybookPage
        known={known}
        fields={fields}
        {...(isRefused ? { faults: [], refused: faults } : { faults, refused: [] })}
        {...example}
        canChange={canChangeFor(c)}
      />,
    );
  }

  /** The form as it is asked for: of the query when it is tried, else of what is saved. */
  function showAsked(c: DashboardContext, known: Shown["known"]): Promise<Response> {
    const saved = known ?? NEW_PLAYBOOK;
    const accountId = c.req.query("account") ?? "";
    if (!c.req.query("preview")) {
      const fields = toPlaybookFields(saved);
      return show(c, { known, fields, faults: [], playbook: saved, accountId });
    }
    const fields: Field = (name) => c.req.query(name)?.trim() ?? "";
    const { playbook, faults } = parsePlaybook(fields, known?.key ?? "preview");
    return show(c, { known, fields, faults, playbook: playbook ?? saved, accountId });
  }

  async function save(c: DashboardContext, known: Shown["known"]): Promise<Response> {
    const fields = await readForm(c);
    const key = known?.key ?? toKey(fields("name"), "_");
    const { playbook, faults } = parsePlaybook(fields, key);
    const accountId = fields("account");
    const refuse = (found: FieldFault[]) =>
      show(c, {
        known,
        fields,
        faults: found,
        playbook: playbook ?? known ?? NEW_PLAYBOOK,
        accountId,
      });
    if (!playbook) return refuse(faults);
    const all = known ? [] : await listPlaybooks(sql, projectIdOf(c));
    if (all.some((one) => one.key === key)) {
      return refuse([{ field: "name", message: `There is a playbook ${key} already.` }]);
    }
    try {
      const at = new Date(deps.clock()).toISOString();
      await savePlaybook(sql, projectIdOf(c), { playbook, at });
    } catch (error) {
      if (error instanceof Problem) return refuse([{ field: "", message: error.message }]);
      throw error;
    }
    const entry = { action: "playbook.saved" as const, target: key, at: deps.clock() };
    await auditAction(c, deps, { ...entry, before: known ?? undefined, after: playbook });
    return c.redirect(`${playbookHref(key)}?said=saved`, 303);
  }

  app.get(path, async (c) => {
    const project = await findProject(sql, projectIdOf(c));
    const [playbooks, spent] = await Promise.all([
      listPlaybooks(sql, projectIdOf(c)),
      readSpentBudgets(sql, projectIdOf(c), deps.clock()),
    ]);
    return renderPage(
      c,
      deps,
      { title: "Playbooks", section: "alerts" },
      <PlaybooksPage
        playbooks={playbooks}
        budget={weeklyBudgetOf(project?.settings ?? {})}
        spent={spent}
        canChange={canChangeFor(c)}
      />,
    );
  });
  app.post(path, requireRole("admin"), (c) => save(c, null));
  app.get(`${path}/new`, requireRole("admin"), (c) => showAsked(c, null));
  app.get(`${path}/:key`, async (c) => showAsked(c, await getKnown(c)));
  app.post(`${path}/:key`, requireRole("admin"), async (c) => save(c, await getKnown(c)));
  app.post(`${path}/:key/remove`, requireRole("admin"), async (c) => {
    const before = await getKnown(c);
    const { key } = before;
    await removePlaybook(sql, projectIdOf(c), key);
    const entry = { action: "playbook.removed" as const, target: key, at: deps.clock() };
    await auditAction(c, deps, { ...entry, before });
    return c.redirect(`${path}?said=removed`, 303);
  });
  return app;
}
