import { type ChangeExplanation, type ChangePoint, explainChange } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "./civil-day.ts";
import { findJudgeAt, findStoredJudge } from "./judge.ts";
import { endOfDay, readStoredDays } from "./past-queries.ts";
import { factsOnDay, readFacts } from "./read-facts.ts";

interface Question {
  accountId: string;
  /** Calendar days. */
  from: string;
  to: string;
  /** Milliseconds since the epoch; today is explained as of now. */
  now: number;
}

/**
 * Why an account's score moved between two days: parts that sum to the difference. Both days are
 * measured again from their facts and judged by the model and norms that their scores name.
 *
 * @throws {Problem} not-found for an account without facts; conflict where a day has no number
 */
export async function explainDates(
  sql: Sql,
  project: Project,
  question: Question,
): Promise<ChangeExplanation> {
  const [from, to] = [
    await toPoint(sql, project, question, question.from),
    await toPoint(sql, project, question, question.to),
  ];
  const explanation = explainChange(from, to);
  if (explanation) return explanation;
  throw new Problem("conflict", "On one of the two days nothing was known of the account.");
}

async function toPoint(
  sql: Sql,
  project: Project,
  question: Question,
  day: string,
): Promise<ChangePoint> {
  const { accountId } = question;
  const isToday = day >= calendarDayOf(question.now, project.timeZone);
  const now = isToday ? question.now : await endOfDay(sql, day, project.timeZone);
  const today = toDayNumber(isToday ? calendarDayOf(now, project.timeZone) : day);
  const [stored] = await readStoredDays(sql, project.id, [accountId], { from: day, to: day });
  const judge =
    (stored && (await findStoredJudge(sql, project.id, stored))) ??
    (await findJudgeAt(sql, project.id, now));
  const [found] = await readFacts(sql, project.id, [accountId], {
    model: judge.model,
    now,
    today,
  });
  if (!found) throw new Problem("not-found", `There is no account ${accountId} in this project.`);
  return {
    facts: factsOnDay(found.facts, { model: judge.model, now, today }),
    ...judge,
    now,
    today,
  };
}
