import {
  type AccountFacts,
  assessFeatureImpact,
  createScorer,
  type FeatureImpact,
  type FeatureImpactInput,
  factsAsOf,
  type ImpactAccount,
  measureSignals,
  withoutFeature,
} from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import { readOutcomesSince } from "../outcomes/queries.ts";
import type { Outcome } from "../outcomes/schema.ts";
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
  const known = await readOutcomesSince(sql, project.id, since);
  const last = new Map(known.map(toLast).filter(([, { at }]) => at <= now));
  const accounts: FeatureImpactInput["accounts"][number][] = [];
  const outcomes: FeatureImpactInput["outcomes"][number][] = [];
  const earliest = [...last.values()].reduce((least, { at }) => Math.min(least, at), now);
  const earlierDays = last.size === 0 ? 0 : Math.ceil((now - earliest) / DAY_MS) + HORIZON_DAYS;
  const span = { model, now, today, earlierDays };
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    for (const { facts } of await readFacts(sql, project.id, ids, span)) {
      const outcome = last.get(facts.accountId);
      if (outcome) {
        const then = outcome.at - HORIZON_DAYS * DAY_MS;
        const { isChurned } = outcome;
        if (then >= facts.createdAt) {
          outcomes.push({ ...toImpactAccount(facts, feature, then), isChurned });
        }
        if (isChurned) continue;
      }
      const plain = withoutFeature(facts, model, feature);
      const signals = measureSignals({ ...plain, now, today });
      const { score } = createScorer({ model: plain.model, norms }).score({
        ...facts,
        signals,
        now,
      });
      accounts.push({ ...toImpactAccount(facts, feature, now), score });
    }
  }
  const seed = `telltale/${feature}`;
  return assessFeatureImpact({ feature, accounts, outcomes, seed });
}

/** The outcomes come by growing day, so that of a map the last stays. */
const toLast = ({ accountId, kind, occurredOn }: Outcome) =>
  [
    accountId,
    { at: Date.parse(`${occurredOn}T00:00:00Z`), isChurned: kind === "churned" },
  ] as const;

function toImpactAccount(facts: AccountFacts, feature: string, at: number): ImpactAccount {
  const known = factsAsOf(facts, at);
  const day = Math.floor(at / DAY_MS);
  const recent = known.usage.filter((row) => row.day > day - ADOPTION_DAYS);
  return {
    accountId: facts.accountId,
    isAdopter: recent.some((row) => row.feature === feature),
    size: known.seats ?? Math.max(1, new Set(recent.map((row) => row.userId)).size),
    tenureDays: (at - facts.createdAt) / DAY_MS,
  };
}
