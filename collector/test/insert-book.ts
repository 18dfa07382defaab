import { simulateBook } from "@telltale/scoring";
import { v7 } from "uuid";
import type { Sql } from "../src/db/client.ts";
import { upsertOutcomes } from "../src/outcomes/queries.ts";
import { toCalendarDay } from "../src/scores/civil-day.ts";

const DAY_MS = 86_400_000;

/**
 * Fills a project with a simulated book by SQL: usage, answers and outcomes, without the raw events
 * that they would come from. For tests of what is made of them.
 *
 * @returns how many accounts churn
 */
export async function insertBook(
  sql: Sql,
  projectId: string,
  book: { accounts: number; days: number; seed: string; now: number },
): Promise<number> {
  const lastDay = Math.floor(book.now / DAY_MS) - 1;
  let churned = 0;
  for (const { name, contractValue, facts, outcome } of simulateBook({ ...book, lastDay })) {
    const id = facts.accountId;
    const createdAt = new Date(facts.createdAt).toISOString();
    const traits = { name, plan: facts.segments[0], seats: facts.seats, arr: contractValue };
    await sql`
      INSERT INTO accounts VALUES (${projectId}, ${id}, ${name},
        ${JSON.stringify(traits)}::text::jsonb, '{}', ${createdAt}, ${createdAt}, ${createdAt})`;
    await sql`
      INSERT INTO daily_usage
      SELECT ${projectId}::uuid, ${id}, day::date, user_id, 'Feature Used', feature,
        count, engaged, day::date
      FROM unnest(${facts.usage.map((row) => toCalendarDay(row.day))}::text[],
        ${facts.usage.map((row) => row.userId)}::text[],
        ${facts.usage.map((row) => row.feature ?? "")}::text[],
        ${facts.usage.map((row) => row.count)}::int[],
        ${facts.usage.map((row) => Math.round(row.engagedSeconds * 1_000))}::bigint[])
        AS row (day, user_id, feature, count, engaged)
      ON CONFLICT DO NOTHING`;
    for (const { userId, at, kind, value } of facts.responses) {
      await sql`
        INSERT INTO survey_responses (project_id, account_id, impression_id, question_id,
          survey_id, user_id, measure, value, value_100, answered_at)
        VALUES (${projectId}, ${id}, ${v7()}, 'rating', ${v7()}, ${userId}, ${kind}, ${value},
          ${value}, ${new Date(at).toISOString()})`;
    }
    if (!outcome) continue;
    const occurredOn = new Date(outcome.at).toISOString().slice(0, 10);
    const recordedAt = new Date(book.now).toISOString();
    await upsertOutcomes(sql, projectId, [{ ...outcome, occurredOn }], recordedAt);
    if (outcome.kind === "churned") churned += 1;
  }
  return churned;
}
