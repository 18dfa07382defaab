import type { AppDeps } from "../app.ts";
import { findUnsignedShare } from "../identity/unsigned-share.ts";
import { getAccount } from "./list-accounts.ts";
import type { OneAccount } from "./schema.ts";

/**
 * An account with how far its messages can be trusted.
 *
 * @throws {Problem} not-found
 */
export async function describeAccount(
  { database: { db, sql }, clock }: Pick<AppDeps, "database" | "clock">,
  projectId: string,
  accountId: string,
): Promise<OneAccount> {
  const account = await getAccount(db, projectId, accountId);
  const unsignedShare = await findUnsignedShare(sql, { projectId, accountId, now: clock() });
  return { ...account, unsignedShare };
}
