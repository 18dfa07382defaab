import { rollUp } from "@telltale/scoring";
import type { Db } from "../db/client.ts";
import { yearlyValueOf } from "./account-value.ts";
import { getAccount } from "./list-accounts.ts";
import { findChildren } from "./queries.ts";
import type { RolledUpAccount } from "./schema.ts";

/**
 * What the children of an account make together, weighed by what they pay; evenly where no child
 * says what it pays. The parent's own score is not in it.
 *
 * @throws {Problem} not-found
 */
export async function rollUpChildren(
  db: Db,
  projectId: string,
  accountId: string,
): Promise<RolledUpAccount> {
  await getAccount(db, projectId, accountId);
  const rows = await findChildren(db, projectId, accountId);
  const values = rows.map(({ traits }) => yearlyValueOf(traits));
  const isPriced = values.some((value) => value !== null && value > 0);
  const children = rows.map((row, i) => ({
    accountId: row.accountId,
    name: row.name,
    score: row.score,
    tier: row.tier ?? ("unknown" as const),
    value: isPriced ? Math.max(0, values[i] ?? 0) : 1,
  }));
  const weighedBy = isPriced ? ("yearly_value" as const) : ("accounts" as const);
  return { accountId, weighedBy, ...rollUp(children), children };
}
