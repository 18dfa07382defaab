import type { AppDeps } from "../../app.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { readSurveys } from "../../surveys/list-surveys.ts";
import type { SurveyRow } from "./list-page.tsx";
import { countPromptsOfSurveys } from "./queries.ts";

const SPAN_MS = 90 * 86_400_000;

/** The newest hundred surveys, with how often each was shown and answered in 90 days. */
export async function readSurveyRows(
  { database: { sql, db }, clock }: Pick<AppDeps, "database" | "clock">,
  { id: projectId }: MemberProject,
): Promise<SurveyRow[]> {
  const since = new Date(clock() - SPAN_MS).toISOString();
  const [{ data }, counts] = await Promise.all([
    readSurveys(db, { projectId, limit: 100, cursor: undefined }),
    countPromptsOfSurveys(sql, projectId, since),
  ]);
  return data.map((survey) => {
    const count = counts.find(({ surveyId }) => surveyId === survey.id);
    return { ...survey, shown: count?.shown ?? 0, answered: count?.answered ?? 0 };
  });
}
