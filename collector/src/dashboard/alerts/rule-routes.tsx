import { Hono } from "hono";
import type { DryRun } from "../../alerts/dry-run.ts";
import { dryRunOf } from "../../alerts/dry-run-of.ts";
import type { AlertRule, Trigger } from "../../alerts/rule.ts";
import { changeRule, createRule, getRule, listRules, removeRule } from "../../alerts/rules.ts";
import { getPlaybooks } from "../../playbooks/choose-playbook.ts";
import { Problem } from "../../problem.ts";
import { findProject } from "../../projects/find-project.ts";
import { includesRole } from "../../sign-in/role.ts";
import { createBriefMemory } from "../briefly.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import {
  type Field,
  parseKind,
  parseRule,
  toNewRule,
  toRuleFields,
  toTriedMark,
} from "./parse-rule.ts";
import { RulePage } from "./rule-page.tsx";
import { NewRulePage, RulesPage, ruleHref } from "./rules-page.tsx";

interface Shown {
  /** Null for a new one. */
  rule: AlertRule | null;
  kind: Trigger["kind"];
  fields: Field;
  faults?: FieldFault[];
  /** What to try on history. */
  wish?: AlertRule | null;
}

/** When alerts are due: looked at, tried on history, changed, turned on and off. */
export function rulePages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;
  const now = () => new Date(deps.clock()).toISOString();
  const path = "/dashboard/alerts/rules";
  // The same rule is not run twice for who goes back and forth.
  const runs = createBriefMemory<DryRun>(deps.clock, { keepMs: 60_000, staleMs: 60_000, most: 50 });

  const keyOf = (c: DashboardContext): string => c.req.param("key") ?? "";
  const projectIdOf = (c: DashboardContext): string => c.get("project").id;
  const queryOf =
    (c: DashboardContext): Field =>
    (name) =>
      c.req.query(name)?.trim() ?? "";

  async function tryOn(c: DashboardContext, rule: AlertRule) {
    const project = await findProject(sql, projectIdOf(c));
    if (!project) throw new Problem("not-found", "There is no such project.");
    const mark = toTriedMark(rule);
    const make = () => dryRunOf(sql, project, { rule, now: deps.clock() });
    return { run: await runs(`${project.id} ${mark}`, make), mark };
  }

  async function show(c: DashboardContext, shown: Shown): Promise<Response> {
    const { rule, kind, fields, faults = [], wish } = shown;
    const canChange = includesRole(c.get("project").role, "admin");
    return renderPage(
      c,
      deps,
      {
        title: rule?.name ?? "New rule",
        section: "alerts",
        status: faults.length > 0 ? 400 : 200,
      },
      <RulePage
        rule={rule}
        kind={kind}
        fields={fields}
        faults={faults}
        playbooks={await getPlaybooks(sql, projectIdOf(c))}
        tried={wish ? await tryOn(c, wish) : null}
        canChange={canChange}
      />,
    );
  }

  app.get(path, async (c) => {
    const rules = await listRules(sql, projectIdOf(c), now());
    const playbooks = await getPlaybooks(sql, projectIdOf(c));
    const canChange = includesRole(c.get("project").role, "admin");
    return renderPage(
      c,
      deps,
      { title: "Alert rules", section: "alerts" },
      <RulesPage rules={rules} playbooks={playbooks} canChange={canChange} />,
    );
  });

  app.get(`${path}/new`, requireRole("admin"), (c) => {
    const kind = parseKind(c.req.query("kind") ?? "");
    if (!kind) {
      return renderPage(c, deps, { title: "New rule", section: "alerts" }, <NewRulePage />);
    }
    if (!c.req.query("try")) {
      return show(c, { rule: null, kind, fields: toRuleFields(toNewRule(kind)) });
    }
    const fields = queryOf(c);
    const draft = parseRule(fields, kind, null);
    return show(c, { rule: null, kind, fields, faults: draft.faults, wish: draft.rule });
  });

  app.post(path, requireRole("admin"), async (c) => {
    const fields = await readForm(c);
    const kind = parseKind(fields("kind"));
    if (!kind) throw new Problem("invalid-request", "There is no such kind of rule.");
    const { rule, faults } = parseRule(fields, kind, null);
    if (!rule) return show(c, { rule: null, kind, fields, faults });
    const after = { ...rule, isEnabled: isTurnedOn(fields, rule) };
    try {
      await createRule(sql, projectIdOf(c), { rule: after, at: now() });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return show(c, {
        rule: null,
        kind,
        fields,
        faults: [{ field: "name", message: error.message }],
      });
    }
    const entry = { action: "alert_rule.created" as const, target: rule.key, at: deps.clock() };
    await auditAction(c, deps, { ...entry, after });
    return c.redirect(`${ruleHref(rule.key)}?said=created`, 303);
  });

  app.get(`${path}/:key`, async (c) => {
    const rule = await getRule(sql, projectIdOf(c), { key: keyOf(c), at: now() });
    const { kind } = rule.trigger;
    if (!c.req.query("try") || !includesRole(c.get("project").role, "admin")) {
      return show(c, { rule, kind, fields: toRuleFields(rule) });
    }
    // A link may ask to try the rule as it is.
    const fields = c.req.query("name") === undefined ? toRuleFields(rule) : queryOf(c);
    const draft = parseRule(fields, kind, rule);
    return show(c, { rule, kind, fields, faults: draft.faults, wish: draft.rule });
  });

  app.post(`${path}/:key`, requireRole("admin"), async (c) => {
    const known = await getRule(sql, projectIdOf(c), { key: keyOf(c), at: now() });
    const fields = await readForm(c);
    const { kind } = known.trigger;
    const { rule, faults } = parseRule(fields, kind, known);
    if (!rule) return show(c, { rule: known, kind, fields, faults });
    const isEnabled = known.isEnabled || isTurnedOn(fields, rule);
    const changes = { ...rule, isEnabled };
    const after = await changeRule(sql, projectIdOf(c), { key: known.key, changes, at: now() });
    const action = isEnabled && !known.isEnabled ? "alert_rule.enabled" : "alert_rule.changed";
    const entry = { action, target: known.key, at: deps.clock() } as const;
    await auditAction(c, deps, { ...entry, before: known, after });
    return c.redirect(`${ruleHref(known.key)}?said=saved`, 303);
  });

  app.post(`${path}/:key/disable`, requireRole("admin"), async (c) => {
    const key = keyOf(c);
    const before = await getRule(sql, projectIdOf(c), { key, at: now() });
    const changes = { isEnabled: false };
    const after = await changeRule(sql, projectIdOf(c), { key, changes, at: now() });
    const entry = { action: "alert_rule.disabled" as const, target: key, at: deps.clock() };
    await auditAction(c, deps, { ...entry, before, after });
    return c.redirect(`${ruleHref(key)}?said=saved`, 303);
  });

  app.post(`${path}/:key/remove`, requireRole("admin"), async (c) => {
    const key = keyOf(c);
    if (key === "tier") {
      throw new Problem("conflict", "The rule that follows the tier can be turned off only.");
    }
    const before = await getRule(sql, projectIdOf(c), { key, at: now() });
    await removeRule(sql, projectIdOf(c), { key, at: now() });
    const entry = { action: "alert_rule.removed" as const, target: key, at: deps.clock() };
    await auditAction(c, deps, { ...entry, before });
    return c.redirect(`${path}?said=removed`, 303);
  });
  return app;
}

/**
 * Whether a rule is to be turned on, which takes a dry run of that very rule.
 *
 * @throws {Problem} conflict, when another one was tried
 */
function isTurnedOn(fields: Field, rule: AlertRule): boolean {
  if (fields("enable") !== "1") return false;
  if (fields("tried") === toTriedMark(rule)) return true;
  throw new Problem(
    "conflict",
    "The rule was changed since it was tried; try it on history again.",
  );
}
