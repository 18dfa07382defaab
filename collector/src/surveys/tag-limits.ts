import type { SqlQueryable } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import { findTagged } from "./claim-queries.ts";
import type { Survey } from "./survey-definition.ts";

/** So many prompts of some surveys, together, may one person see within so many days. */
export interface TagLimit {
  prompts: number;
  days: number;
  surveyIds: ReadonlySet<string>;
}

/** Reads the project's limits on the tags of a survey; past prompts count by the tags of today. */
export async function readTagLimits(
  sql: SqlQueryable,
  project: Project,
  { id, definition: { tags = [] } }: Survey,
): Promise<TagLimit[]> {
  const { promptLimits } = readSettings(project.settings);
  const limits = promptLimits.filter(({ tag }) => tags.includes(tag));
  if (limits.length === 0) return [];
  const tagged = await findTagged(sql, project.id);
  return limits.map(({ tag, prompts, days }) => {
    const alike = tagged.filter((survey) => survey.tags.includes(tag));
    // The survey itself, also where its tags are those of a draft.
    return { prompts, days, surveyIds: new Set([id, ...alike.map((survey) => survey.id)]) };
  });
}
