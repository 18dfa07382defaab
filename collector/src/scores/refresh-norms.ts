import {
  buildNorms,
  measureSignals,
  type Norms,
  priorNorms,
  type ScoringModel,
} from "@telltale/scoring";
import type { Sql, SqlQueryable } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "./civil-day.ts";
import { getCurrentModel } from "./current-model.ts";
import { countAccounts, findNorms, insertNorms, readAccountIds } from "./queries.ts";
import { readFacts } from "./read-facts.ts";

const PAGE_ACCOUNTS = 200;
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
  const today = toDayNumber(calendarDayOf(now, project.timeZone));
  const rows = [];
  for (let after = ""; ; ) {
    const ids = await readAccountIds(sql, project.id, after, PAGE_ACCOUNTS);
    if (ids.length === 0) break;
    for (const { facts } of await readFacts(sql, project.id, ids, { model, now, today })) {
      const { accountId, segments } = facts;
      rows.push({ accountId, segments, signals: measureSignals({ facts, model, now, today }) });
    }
    after = ids.at(-1) ?? after;
  }
  const norms = buildNorms({ rows, model, now });
  await insertNorms(sql, {
    projectId: project.id,
    version: norms.version,
    modelVersion: model.version,
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
