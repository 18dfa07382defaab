import { toCsv } from "../../csv.ts";
import type { BookRow } from "./queries.ts";

const HEAD = [
  "account_id",
  "name",
  "tier",
  "score",
  "score_7_days_ago",
  "value_a_year",
  "plan",
  "owner",
  "last_seen_at",
  "currency",
];

/** The book as a file for a spreadsheet. */
export function toBookCsv(rows: readonly BookRow[], currency: string | null): string {
  return toCsv([
    HEAD,
    ...rows.map((row) => [
      row.accountId,
      row.name,
      row.tier,
      row.score,
      row.before,
      row.value,
      row.plan,
      row.owner,
      row.lastSeenAt.toISOString(),
      row.value === null ? null : currency,
    ]),
  ]);
}
