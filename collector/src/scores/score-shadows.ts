import { createScorer, type ScoringModel } from "@telltale/scoring";
import type { Sql } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { calendarDayOf, toDayNumber } from "./civil-day.ts";
import { measureProject } from "./measure-project.ts";
import { storeNorms } from "./refresh-norms.ts";
import { readShadowModels, upsertShadowScores } from "./shadow-queries.ts";

/**
 * Scores every account by every shadow model, to be compared with what was shown. Nothing follows
 * from these scores.
 *
 * @param now - milliseconds since the epoch
 */
export async function scoreShadows(sql: Sql, project: Project, now: number): Promise<void> {
  for (const model of await readShadowModels(sql, project.id)) {
    await scoreShadow(sql, project, { model, now });
  }
}

async function scoreShadow(
  sql: Sql,
  project: Project,
  { model, now }: { model: ScoringModel; now: number },
): Promise<void> {
  const day = calendarDayOf(now, project.timeZone);
  const span = { model, now, today: toDayNumber(day) };
  await measureProject(sql, project, span, async ({ norms: built, pages }) => {
    const norms = await storeNorms(sql, project, built, now);
    const scorer = createScorer({ model, norms });
    const shadow = {
      projectId: project.id,
      day,
      modelVersion: model.version,
      normsVersion: norms.version,
    };
    for await (const page of pages) {
      const rows = page.map(({ account: { accountId }, createdAt, segments, signals }) => {
        const { score, tier } = scorer.rate({ accountId, createdAt, segments, signals, now });
        return { accountId, score, tier };
      });
      await upsertShadowScores(sql, shadow, rows);
    }
  });
}
