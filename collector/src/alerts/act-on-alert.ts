import type { Sql, SqlQueryable } from "../db/client.ts";
import { recordContact } from "../playbooks/contact-budget.ts";
import { Problem } from "../problem.ts";
import type { ScoreChange } from "../webhooks/account-data.ts";
import { readContexts } from "./alert-context.ts";
import { resolveCluster } from "./cluster.ts";
import { type Alert, getAlert } from "./list-alerts.ts";
import { findAlertKey, lockAlerts, lockOpenAlert, writeAction } from "./queries.ts";
import { settleAlert } from "./settle-alert.ts";

/** What became of an alert, in the words of who dealt with it. */
export const OUTCOMES = ["contacted", "fixed", "no_action", "false_alarm"] as const;
export type AlertOutcome = (typeof OUTCOMES)[number];

/** What a person does about an alert. */
export type AlertAction =
  | { kind: "acknowledge"; assignee?: string | undefined }
  | { kind: "assign"; assignee: string }
  /** `until`: ISO 8601, in the future; `by`: who puts it aside, where that is known. */
  | { kind: "snooze"; until: string; note?: string | undefined; by?: string | undefined }
  | { kind: "resolve"; outcome: AlertOutcome; note?: string | undefined };

interface ActDeps {
  sql: Sql;
  /** Milliseconds since the epoch. */
  clock: () => number;
  publicUrl: string;
}

/**
 * Does it, in one transaction with what follows: a resolution is published and begins the
 * cool-down; having contacted somebody draws on the account's contact budget.
 *
 * @throws {Problem} not-found; conflict, when it is resolved; invalid-request, for a past `until`
 */
export async function actOnAlert(
  deps: ActDeps,
  key: { projectId: string; id: string },
  action: AlertAction,
): Promise<Alert> {
  const { sql } = deps;
  const at = new Date(deps.clock()).toISOString();
  if (action.kind === "snooze" && Date.parse(action.until) <= deps.clock()) {
    throw new Problem("invalid-request", "An alert can be snoozed into the future only.", {
      errors: [{ pointer: "/until", detail: "must be later than now" }],
    });
  }
  await sql.begin(async (tx) => {
    await lockAlerts(tx, key.projectId);
    const found = await findAlertKey(tx, key.projectId, key.id);
    if (!found) throw new Problem("not-found", `There is no alert ${key.id} in this project.`);
    const alertKey = { projectId: key.projectId, accountId: found.accountId, rule: found.rule };
    const open = await lockOpenAlert(tx, alertKey);
    if (open?.id !== key.id) throw new Problem("conflict", "This alert is resolved already.");
    await writeAction(tx, { projectId: key.projectId, id: key.id, at, ...toColumns(action, at) });
    if (action.kind !== "resolve") return;
    if (found.accountId === "") {
      const openedAt = new Date(open.openedAt);
      await resolveCluster(tx, { ...open, ...alertKey, openedAt, at });
      return;
    }
    const change = await contextOf(tx, deps, { ...alertKey, at });
    const { level, summary } = open;
    const settled = { open, rule: found.rule, level, summary, status: "resolved" } as const;
    await settleAlert(tx, change, { ...settled, by: "person" });
    if (action.outcome === "contacted") {
      await recordContact(tx, { ...alertKey, channel: "outreach", at });
    }
  });
  return getAlert(sql, key.projectId, key.id);
}

function toColumns(action: AlertAction, at: string) {
  switch (action.kind) {
    case "acknowledge":
      return { status: "acknowledged", assignee: action.assignee ?? null } as const;
    case "assign":
      return { status: null, assignee: action.assignee } as const;
    case "snooze":
      return {
        status: "snoozed",
        snoozedUntil: action.until,
        snooze: { at, until: action.until, note: action.note || null, by: action.by || null },
      } as const;
    case "resolve":
      return { status: null, outcome: action.outcome, note: action.note ?? null } as const;
  }
}

async function contextOf(
  sql: SqlQueryable,
  deps: ActDeps,
  { projectId, accountId, at }: { projectId: string; accountId: string; at: string },
): Promise<ScoreChange> {
  const wish = { projectId, accountIds: [accountId], publicUrl: deps.publicUrl, at };
  const change = (await readContexts(sql, wish)).get(accountId);
  if (!change) throw new Problem("conflict", "The account of this alert is gone.");
  return change;
}
