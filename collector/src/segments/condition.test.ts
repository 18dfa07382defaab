import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { accounts } from "../db/schema/accounts.ts";
import type { SegmentRule } from "../db/schema/segments.ts";
import { toCondition } from "./condition.ts";
import { isInSegment } from "./matches.ts";

const test = useTestDatabase();

const VALUES = ["pro", "", "3", 3, 3.5, 0, -1, true, false, null, ["pro"], { a: 1 }];
const OPERATORS = ["equals", "not_equals", "at_least", "below", "exists"] as const;

describe("toCondition", () => {
  it("selects the same accounts as the check of one account does", async () => {
    const { db, sql } = test.database;
    const { projectId } = await createTestCollector(test.database);
    const books = [{}, ...VALUES.flatMap((seats) => [{ seats }, { seats, plan: "pro" }])];
    for (const [index, traits] of books.entries()) {
      await sql`
        INSERT INTO accounts (project_id, account_id, traits, created_at, first_seen_at, last_seen_at)
        SELECT ${projectId}::uuid, ${`a${index}`}, ${JSON.stringify(traits)}::text::jsonb, at, at, at
        FROM (SELECT '2026-01-01'::timestamptz AS at) AS moment`;
    }
    const rule = fc.record<SegmentRule>({
      trait: fc.constantFrom("seats", "plan", "it's", "constructor"),
      operator: fc.constantFrom(...OPERATORS),
      value: fc.constantFrom("pro", "", "3", 3, 3.5, 0, true, false, undefined),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(rule, { minLength: 1, maxLength: 3 }), async (rules) => {
        const rows = await db
          .select({ id: accounts.accountId })
          .from(accounts)
          .where(toCondition(rules));
        const expected = books.flatMap((traits, i) =>
          isInSegment(rules, traits) ? [`a${i}`] : [],
        );
        expect(rows.map((row) => row.id).sort()).toEqual(expected.sort());
      }),
      { numRuns: 150 },
    );
  });
});
