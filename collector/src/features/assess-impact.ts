import {
  type AccountFacts,
  assessFeatureImpact,
  createScorer,
  type FeatureImpact,
  type FeatureImpactInput,
  factsAsOf,
  factsWithoutFeature,
  type ImpactAccount,
  measureSignals,
  modelWithoutFeature,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { readDeparted, readOutcomesSince } from "../outcomes/queries.ts";
import type { Outcome } from "../outcomes/schema.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { findJudgeAt } from "../scores/judge.ts";
import { readFacts } from "../scores/read-facts.ts";
import { isFeatureKnown } from "./queries.ts";

const DAY_MS = 86_400_000;
const ADOPTION_DAYS = 28;
const YEAR_DAYS = 365;
/** So long before an outcome it counts who used the feature; later, a leaving account uses nothing. */
const HORIZON_DAYS = 60;

/**
 * Compares accounts that use a feature with accounts of like size and tenure that do not, by scores
 * made without the feature's own share, and by churn in the last year: there by their use, size and
 * tenure two months before. Who has left is not compared by today's score. An association, not a cause.
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
  const last = toLastOutcomes(await readOutcomesSince(sql, project.id, since), now);
  const departed = await readDeparted(sql, project.id, toCalendarDay(today));
  const accounts: FeatureImpactInput["accounts"][number][] = [];
  const outcomes: FeatureImpactInput["outcomes"][number][] = [];
  const earliest = [...last.values()].reduce((least, { at }) => Math.min(least, at), now);
  const earlierDays = last.size === 0 ? 0 : Math.ceil((now - earliest) / DAY_MS) + HORIZON_DAYS;
  const span = { model, now, today, earlierDays };
  const plain = modelWithoutFeature(model, feature);
  const scorer = createScorer({ model: plain, norms });
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    for (const { facts } of await readFacts(sql, project.id, ids, span)) {
      const outcome = last.get(facts.accountId);
      const then = (outcome?.at ?? now) - HORIZON_DAYS * DAY_MS;
      if (outcome && then >= facts.createdAt) {
        const day = { now: then, today: Math.floor(then / DAY_MS) };
        const was = toImpactAccount(factsAsOf(facts, then), feature, day);
        outcomes.push({ ...was, isChurned: outcome.isChurned });
      }
      if (departed.has(facts.accountId)) continue;
      const known = factsWithoutFeature(facts, feature);
      const signals = measureSignals({ facts: known, model: plain, now, today });
      const { score } = scorer.score({ ...facts, signals, now });
      accounts.push({ ...toImpactAccount(facts, feature, { now, today }), score });
    }
  }
  const seed = `telltale/${feature}`;
  return assessFeatureImpact({ feature, accounts, outcomes, seed });
}

/**
 * The last outcome of each account. Of several on one day, to have left is the last.
 *
 * @param outcomes - by growing day
 */
function toLastOutcomes(
  outcomes: readonly Outcome[],
  now: number,
): Map<string, { at: number; isChurned: boolean }> {
  const last = new Map<string, { at: number; isChurned: boolean }>();
  for (const { accountId, kind, occurredOn } of outcomes) {
    const at = Date.parse(`${occurredOn}T00:00:00Z`);
    if (at > now) continue;
    const before = last.get(accountId);
    const hasLeft = before?.at === at && before.isChurned;
    last.set(accountId, { at, isChurned: hasLeft || kind === "churned" });
  }
  return last;
}

/** @param facts - as known at that moment, whose day in the project's time zone is `today` */
function toImpactAccount(
  facts: AccountFacts,
  feature: string,
  { now, today }: { now: number; today: number },
): ImpactAccount {
  const recent = facts.usage.filter((row) => row.day > today - ADOPTION_DAYS);
  return {
    accountId: facts.accountId,
    isAdopter: recent.some((row) => row.feature === feature),
    size: facts.seats ?? Math.max(1, new Set(recent.map((row) => row.userId)).size),
    tenureDays: (now - facts.createdAt) / DAY_MS,
  };
}
