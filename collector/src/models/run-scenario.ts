import {
  type Assumption,
  createScenario,
  createScorer,
  measureSignals,
  type ScenarioResult,
  type SignalChange,
} from "@telltale/scoring";
import type { z } from "zod";
import { yearlyValueOf } from "../accounts/account-value.ts";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "../scores/civil-day.ts";
import { eachPageOfAccounts } from "../scores/each-page.ts";
import { findJudgeAt } from "../scores/judge.ts";
import { readFacts } from "../scores/read-facts.ts";
import { readStoredModel } from "../scores/read-stored-model.ts";
import { getModelRow } from "./read-models.ts";
import type { scenarioBody } from "./schema.ts";

/**
 * What would become of tiers and value at risk under an assumption: other signals, a feature taken
 * up, or the weights of another version. It is an assumption, not a forecast.
 *
 * @throws {Problem} not-found
 */
export async function tryScenario(
  sql: Sql,
  project: Project,
  question: { version: string; now: number; assumption: z.output<typeof scenarioBody> },
): Promise<ScenarioResult> {
  const { now, assumption } = question;
  const { model, norms } = await findJudgeAt(sql, project.id, now);
  const other = readStoredModel((await getModelRow(sql, project.id, question.version)).document);
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const scorer = createScorer({ model, norms });
  const change: Assumption = {
    ...(assumption.signals && { signals: assumption.signals as SignalChange[] }),
    ...(assumption.adoption && { adoption: assumption.adoption }),
    ...(other.version !== model.version && { model: other }),
  };
  const scenario = createScenario({
    model,
    norms,
    now,
    today,
    assumption: change,
    affects: (facts) => {
      if (assumption.segment && !facts.segments.includes(assumption.segment)) return false;
      if (!assumption.tier) return true;
      const signals = measureSignals({ facts, model, now, today });
      return scorer.rate({ ...facts, signals, now }).tier === assumption.tier;
    },
  });
  const span = { model, alsoFor: [other], now, today };
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    for (const { account, facts } of await readFacts(sql, project.id, ids, span)) {
      scenario.add({ facts, value: yearlyValueOf(account.traits) });
    }
  }
  return scenario.result();
}
