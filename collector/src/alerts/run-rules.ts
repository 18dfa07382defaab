import type { Sql, SqlQueryable } from "../db/client.ts";
import { splitRule } from "../experiments/split-rule.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf } from "../scores/civil-day.ts";
import type { ScoreChange } from "../webhooks/account-data.ts";
import { readContexts } from "./alert-context.ts";
import { type Found, findByTrigger } from "./condition-queries.ts";
import { describeFinding } from "./describe-trigger.ts";
import { hasExited } from "./exit.ts";
import { summariseTier } from "./follow-tier.ts";
import { isMuted } from "./mutes.ts";
import { openAlert } from "./open-alert.ts";
import { lockAlerts, lockOpenAlert, touchAlert } from "./queries.ts";
import { type AlertRule, TIER_RULE } from "./rule.ts";
import { readRules, readStates, tryLockRule, writeStates } from "./rule-queries.ts";
import { advanceRule, NO_STATE, type RuleAction, type RuleState } from "./rule-state.ts";
import { settleAlert } from "./settle-alert.ts";

interface RunDeps {
  sql: Sql;
  /** Without a slash at the end. */
  publicUrl: string;
}

/** What a turn of the rules did. */
export interface RulesTurn {
  opened: number;
  resolved: number;
}

/**
 * Looks at every account with every enabled rule of a project, once. While alerts are muted it
 * leaves everything as it is.
 *
 * @param now - milliseconds since the epoch
 */
export async function runRules(deps: RunDeps, project: Project, now: number): Promise<RulesTurn> {
  const turn: RulesTurn = { opened: 0, resolved: 0 };
  if (await isMuted(deps.sql, project.id)) return turn;
  const rules = await readRules(deps.sql, project.id);
  for (const rule of rules.filter(({ isEnabled }) => isEnabled)) {
    await deps.sql.begin(async (tx) => {
      if (!(await tryLockRule(tx, project.id, rule.key))) return;
      const { opened, resolved } = await runRule(tx, deps, { project, rule, now });
      turn.opened += opened;
      turn.resolved += resolved;
    });
  }
  return turn;
}

async function runRule(
  tx: SqlQueryable,
  { publicUrl }: RunDeps,
  { project, rule, now }: { project: Project; rule: AlertRule; now: number },
): Promise<RulesTurn> {
  const at = new Date(now).toISOString();
  const look = { projectId: project.id, at, day: calendarDayOf(now, project.timeZone) };
  const isForRule = await splitRule(tx, project.id, rule.key);
  const rows = (await findByTrigger(tx, look, rule.trigger)).filter(({ accountId }) =>
    isForRule(accountId),
  );
  const found = new Map(rows.map((row) => [row.accountId, row]));
  const states = await readStates(tx, project.id, rule.key);
  const steps = advanceAll({ found, states, rule, now });
  const waiting = steps.filter(
    ({ action, before, after }) =>
      (action === "none" || action === "open") &&
      (before.metSince !== after.metSince || before.handledAt !== after.handledAt),
  );
  await lockAlerts(tx, project.id);
  await writeStates(
    tx,
    { projectId: project.id, rule: rule.key },
    waiting.map(({ accountId, after }) => ({ accountId, state: after })),
  );
  const acting = steps.filter(({ action }) => action !== "none");
  const accountIds = acting.map(({ accountId }) => accountId);
  const contexts = await readContexts(tx, { projectId: project.id, accountIds, publicUrl, at });
  const turn: RulesTurn = { opened: 0, resolved: 0 };
  for (const step of acting) {
    const change = contexts.get(step.accountId);
    if (!change) continue;
    const summary = summarise(rule, change, found.get(step.accountId));
    if (step.action === "open") {
      const isCritical = rule.key === TIER_RULE.key && change.current.tier === "critical";
      const level = isCritical ? "intervene" : rule.level;
      if (await openAlert(tx, change, { rule, level, summary })) turn.opened++;
    } else if (await refresh(tx, change, { rule, action: step.action, summary })) turn.resolved++;
  }
  return turn;
}

interface Step {
  accountId: string;
  action: RuleAction;
  before: RuleState;
  after: RuleState;
}

function advanceAll(given: {
  found: ReadonlyMap<string, Found>;
  states: ReadonlyMap<string, RuleState>;
  rule: AlertRule;
  now: number;
}): Step[] {
  const { found, states, rule, now: at } = given;
  return [...new Set([...found.keys(), ...states.keys()])].map((accountId) => {
    const before = states.get(accountId) ?? NO_STATE;
    const row = found.get(accountId);
    const finding = row ? (row.isMet ? "met" : "between") : "cleared";
    const { state: after, action } = advanceRule(before, { finding, at }, rule);
    return { accountId, action, before, after };
  });
}

/** @returns whether the alert was resolved */
async function refresh(
  tx: SqlQueryable,
  change: ScoreChange,
  { rule, action, summary }: { rule: AlertRule; action: RuleAction; summary: string },
): Promise<boolean> {
  const { projectId, account, at } = change;
  const open = await lockOpenAlert(tx, { projectId, accountId: account.id, rule: rule.key });
  if (!open) return false;
  if (action === "resolve") {
    if (!hasExited(open.exit, change.current)) return false;
    const name = account.name ?? account.id;
    const settled = { open, rule: rule.key, level: open.level, status: "resolved" } as const;
    await settleAlert(tx, change, { ...settled, summary: `${name}: ${rule.name} is over.` });
    return true;
  }
  // The tier's own alert is worded where the tier changes.
  if (rule.key !== TIER_RULE.key && summary !== open.summary) {
    await touchAlert(tx, { projectId, accountId: account.id, id: open.id, summary, at });
  }
  return false;
}

function summarise(rule: AlertRule, change: ScoreChange, found: Found | undefined): string {
  if (rule.key === TIER_RULE.key) return summariseTier(change);
  const name = change.account.name ?? change.account.id;
  const [worst] = [...change.current.drivers].sort((a, b) => a.contribution - b.contribution);
  const cause = worst && worst.contribution < 0 ? ` ${worst.sentence}` : "";
  const what = found ? describeFinding(rule.trigger, found.value) : rule.name;
  return `${name} ${what}.${cause}`.slice(0, 500);
}
