import type { WebhookPlaybook } from "@telltale/protocol";
import { readContexts } from "../../alerts/alert-context.ts";
import type { Sql } from "../../db/client.ts";
import { findContactPause } from "../../playbooks/contact-budget.ts";
import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { fillPlaybook } from "../../playbooks/fill-playbook.ts";
import { type ExampleAccount, findExampleAccounts, findOtherTier } from "./queries.ts";

/** A playbook as it would be for an account if an alert opened now. */
export interface PlaybookPreview {
  account: ExampleAccount;
  filled: WebhookPlaybook;
  /** What the contact budget would put before its first step; null when there is room. */
  pause: string | null;
}

/** Accounts to try something on, those that need it most first. */
export const listExampleAccounts = (sql: Sql, projectId: string): Promise<ExampleAccount[]> =>
  findExampleAccounts(sql, projectId);

/** Accounts to try a playbook on, those that need one most first, and the playbook filled for one. */
export async function readPlaybookPreview(
  deps: { sql: Sql; clock: () => number; publicUrl: string },
  projectId: string,
  wish: { playbook: Playbook; accountId: string },
): Promise<{ accounts: ExampleAccount[]; preview: PlaybookPreview | null }> {
  const { sql, publicUrl } = deps;
  const at = new Date(deps.clock()).toISOString();
  const accounts = await findExampleAccounts(sql, projectId);
  const account = accounts.find(({ accountId }) => accountId === wish.accountId) ?? accounts[0];
  if (!account) return { accounts, preview: null };
  const { accountId } = account;
  const contexts = await readContexts(sql, { projectId, accountIds: [accountId], publicUrl, at });
  const change = contexts.get(accountId);
  if (!change) return { accounts, preview: null };
  // It shows what is said when the tier has just changed; most days it has not.
  const { tier } = change.current;
  const previous = await findOtherTier(sql, projectId, { accountId, tier });
  const filled = fillPlaybook(wish.playbook, { ...change, previous });
  const pause = await findContactPause(sql, projectId, { accountId, at });
  return { accounts, preview: { account, filled, pause } };
}
