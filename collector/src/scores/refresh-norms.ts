import {
  createNormsBuilder,
  type Norms,
  type NormsRow,
  priorNorms,
  type ScoringModel,
} from "@telltale/scoring";
import type { Sql, SqlQueryable } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "./civil-day.ts";
import { getCurrentModel } from "./current-model.ts";
import { eachPageOfAccounts } from "./each-page.ts";
import { findNorms, insertNorms } from "./judge-queries.ts";
import { type MeasuredAccount, measureAccounts } from "./measure-accounts.ts";
import { countAccounts } from "./queries.ts";
import { readFacts } from "./read-facts.ts";

/** Norms of a young project are built anew when it has grown by this share since. */
const GROWTH = 1.25;

/**
 * The norms to score with at a moment: the newest snapshot before it. Before the first there is the
 * model's own prior, stored as of ever, so that each score can name what it was judged by.
 */
export async function getCurrentNorms(
  sql: SqlQueryable,
  projectId: string,
  model: ScoringModel,
  now: number,
): Promise<Norms> {
  const stored = await findNorms(sql, projectId, model.version, new Date(now).toISOString());
  if (stored !== null) return stored as Norms;
  const prior = priorNorms(model, 0);
  await insertNorms(sql, {
    projectId,
    version: prior.version,
    modelVersion: model.version,
    asOf: "-infinity",
    norms: JSON.stringify(prior),
  });
  return prior;
}

/** Measures every account of a project and stores what is normal for it, as a dated snapshot. */
export async function refreshNorms(sql: Sql, project: Project, now: number): Promise<Norms> {
  const model = await getCurrentModel(sql, project.id, now);
  const span = { model, now, today: toDayNumber(calendarDayOf(now, project.timeZone)) };
  const norms = createNormsBuilder(model);
  for await (const ids of eachPageOfAccounts(sql, project.id)) {
    const measured = measureAccounts(await readFacts(sql, project.id, ids, span), span);
    for (const one of measured) norms.add(toNormsRow(one));
  }
  return storeNorms(sql, project, norms.build(now), now);
}

/** What the norms are built from. */
export function toNormsRow({ account, segments, signals }: MeasuredAccount): NormsRow {
  return { accountId: account.accountId, segments, signals };
}

/** Stores a snapshot; from now on accounts are judged by it. */
export async function storeNorms(
  sql: Sql,
  project: Project,
  norms: Norms,
  now: number,
): Promise<Norms> {
  await insertNorms(sql, {
    projectId: project.id,
    version: norms.version,
    modelVersion: norms.modelVersion,
    asOf: new Date(now).toISOString(),
    norms: JSON.stringify(norms),
  });
  return norms;
}

/** Whether the norms were made when the project was so much smaller that they mislead. */
export async function areNormsOutgrown(sql: Sql, project: Project, now: number): Promise<boolean> {
  const model = await getCurrentModel(sql, project.id, now);
  const norms = await getCurrentNorms(sql, project.id, model, now);
  return (await countAccounts(sql, project.id)) > norms.accounts * GROWTH;
}
