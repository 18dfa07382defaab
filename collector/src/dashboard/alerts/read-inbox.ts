import type { Sql } from "../../db/client.ts";
import type { InboxFilter } from "./inbox-filter.ts";
import {
  type AlertRow,
  type BudgetRow,
  countAlerts,
  findInbox,
  findSpentBudgets,
  listAssignees,
} from "./queries.ts";

const PAGE_ROWS = 30;
const WEEK_MS = 7 * 86_400_000;

/** What the inbox shows at once. */
export interface Inbox {
  alerts: AlertRow[];
  counts: Partial<Record<AlertRow["status"], number>>;
  assignees: string[];
  page: { number: number; hasMore: boolean };
}

/** @param at - `page`: from 1; `now`: milliseconds since the epoch */
export async function readInbox(
  sql: Sql,
  projectId: string,
  filter: InboxFilter,
  { page, now }: { page: number; now: number },
): Promise<Inbox> {
  const offset = (page - 1) * PAGE_ROWS;
  const at = new Date(now).toISOString();
  const [rows, counts, assignees] = await Promise.all([
    findInbox(sql, projectId, filter, { limit: PAGE_ROWS + 1, offset, at }),
    countAlerts(sql, projectId),
    listAssignees(sql, projectId),
  ]);
  return {
    alerts: rows.slice(0, PAGE_ROWS),
    counts,
    assignees,
    page: { number: page, hasMore: rows.length > PAGE_ROWS },
  };
}

/** Accounts that were contacted within 7 days, those that were asked most first. */
export async function readSpentBudgets(
  sql: Sql,
  projectId: string,
  now: number,
): Promise<BudgetRow[]> {
  return findSpentBudgets(sql, projectId, new Date(now - WEEK_MS).toISOString());
}
