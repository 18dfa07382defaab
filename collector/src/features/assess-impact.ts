import {
  assessFeatureImpact,
  createScorer,
  type FeatureImpact,
  type ImpactAccount,
  measureSignals,
  withoutFeature,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { readOutcomesSince } from "../outcomes/queries.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { findJudgeAt } from "../scores/judge.ts";
import { readFacts } from "../scores/read-facts.ts";
import { isFeatureKnown } from "./queries.ts";

const DAY_MS = 86_400_000;
const ADOPTION_DAYS = 28;
const YEAR_DAYS = 365;

/**
 * Compares accounts that use a feature with accounts of like size and tenure that do not, by scores
 * made without the feature's own share, and by churn in the last year. An association, not a cause.
 *
 * @throws {Problem} not-found for a feature that nobody ever used
 */
export async function assessImpact(
  sql: Sql,
  project: Project,
  { feature, now }: { feature: string; now: number },
): Promise<FeatureImpact> {
  if (!(await isFeatureKnown(sql, project.id, feature))) {
    throw new Problem("not-found", `Nobody in this project ever used a feature ${feature}.`);
  }
  const { model, norms } = await findJudgeAt(sql, project.id, now);
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const since = new Date(now - YEAR_DAYS * DAY_MS).toISOString().slice(0, 10);
  const churned = new Map<string, boolean>();
  for (const { accountId, kind } of await readOutcomesSince(sql, project.id, since)) {
    churned.set(accountId, kind === "churned");
  }
  const accounts: ImpactAccount[] = [];
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    for (const { facts } of await readFacts(sql, project.id, ids, { model, now, today })) {
      const recent = facts.usage.filter((row) => row.day > today - ADOPTION_DAYS);
      const plain = withoutFeature(facts, model, feature);
      const signals = measureSignals({ ...plain, now, today });
      const scored = createScorer({ model: plain.model, norms }).score({ ...facts, signals, now });
      accounts.push({
        accountId: facts.accountId,
        isAdopter: recent.some((row) => row.feature === feature),
        size: facts.seats ?? Math.max(1, new Set(recent.map((row) => row.userId)).size),
        tenureDays: (now - facts.createdAt) / DAY_MS,
        score: scored.score,
        isChurned: churned.get(facts.accountId) ?? null,
      });
    }
  }
  return assessFeatureImpact(accounts, feature, { seed: `telltale/${feature}` });
}
