import { createNormsBuilder, type Norms, type ScoringModel } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { eachPageOfAccounts } from "./each-page.ts";
import { type MeasuredAccount, measureAccounts } from "./measure-accounts.ts";
import { readFacts } from "./read-facts.ts";
import { toNormsRow } from "./refresh-norms.ts";
import { createSpill } from "./spill.ts";

/** A whole project, measured. */
export interface MeasuredProject {
  /** What is normal for it now; not stored yet. */
  norms: Norms;
  /** Its accounts, a page at a time; to be read once. */
  pages: AsyncGenerator<MeasuredAccount[]>;
}

/**
 * Measures every account of a project once, reading its facts once, and hands over the norms with
 * the accounts to be judged by them. Memory does not grow with the number of accounts.
 *
 * @param span - the model, the moment and its day number in the project's time zone
 */
export async function measureProject<Result>(
  sql: Sql,
  project: Project,
  span: { model: ScoringModel; now: number; today: number },
  use: (measured: MeasuredProject) => Promise<Result>,
): Promise<Result> {
  const norms = createNormsBuilder(span.model);
  const spill = createSpill<MeasuredAccount>();
  try {
    for await (const ids of eachPageOfAccounts(sql, project.id)) {
      const page = measureAccounts(await readFacts(sql, project.id, ids, span), span);
      for (const one of page) norms.add(toNormsRow(one));
      await spill.add(page);
    }
    return await use({ norms: norms.build(span.now), pages: spill.pages() });
  } finally {
    await spill.remove();
  }
}
