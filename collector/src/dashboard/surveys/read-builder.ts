import type { SurveyContent } from "@telltale/protocol";
import type { AppDeps } from "../../app.ts";
import { Problem } from "../../problem.ts";
import { findProject } from "../../projects/find-project.ts";
import { readSettings } from "../../projects/settings.ts";
import { listSegmentNames } from "../../segments/find-members.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { toDefinition } from "../../surveys/change-surveys.ts";
import { countAudience } from "../../surveys/count-audience.ts";
import { definitionSchema } from "../../surveys/definition-schema.ts";
import { type MessageCatalogues, toSurveyContent } from "../../surveys/survey-content.ts";
import type { Survey } from "../../surveys/survey-definition.ts";
import { readBookSummary } from "../summaries/summarise-book.ts";
import type { Audience } from "./audience-panel.tsx";
import { type SurveyDraft, toDefinitionInput } from "./draft.ts";

type Deps = Pick<AppDeps, "database" | "clock">;

/** What the form offers: segments of both kinds, and features. */
export async function readBuilderWords({ database, clock }: Deps, project: MemberProject) {
  const [saved, { words }] = await Promise.all([
    listSegmentNames(database.db, project.id),
    readBookSummary(database.sql, project, clock()),
  ]);
  const byTrait = words.segments.map((key) => ({ key, name: key.replace(":", ": ") }));
  return { segments: [...saved, ...byTrait], features: words.features };
}

/** A draft as the survey that it would be, or what is wrong with it. */
export function toTrialSurvey(
  draft: SurveyDraft,
  survey: Survey | null,
  now: number,
): { survey: Survey } | { faults: string[] } {
  const parsed = definitionSchema.safeParse(toDefinitionInput(draft, survey));
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map(({ path, message }) =>
        `${path.map(String).join(" ")} ${message}`.trim(),
      ),
    };
  }
  const at = new Date(now);
  const trial: Survey = {
    id: survey?.id ?? "00000000-0000-7000-8000-000000000000",
    key: draft.key || "preview",
    name: draft.name || "Preview",
    status: "live",
    definition: toDefinition(parsed.data),
    version: survey?.version ?? 1,
    draft: null,
    createdAt: survey?.createdAt ?? at,
    updatedAt: at,
    liveAt: survey?.liveAt ?? at,
  };
  return { survey: trial };
}

/** Counts who would see a draft now; null while it has faults. */
export async function readTrialAudience(
  deps: Deps,
  projectId: string,
  trial: ReturnType<typeof toTrialSurvey>,
): Promise<Audience | null> {
  if ("faults" in trial) return null;
  const project = await findProject(deps.database.sql, projectId);
  if (!project) throw new Problem("not-found", "There is no such project.");
  return countAudience(deps, project, trial.survey);
}

/** A draft as a browser would get it, in a language. */
export async function readPreview(
  { database }: Deps,
  projectId: string,
  {
    draft,
    survey,
    language,
    now,
  }: {
    draft: SurveyDraft;
    survey: Survey | null;
    language: string;
    now: number;
  },
): Promise<SurveyContent | string> {
  const trial = toTrialSurvey(draft, survey, now);
  if ("faults" in trial) return `Nothing to show yet: ${trial.faults.join("; ")}`;
  const project = await findProject(database.sql, projectId);
  const catalogues = readSettings(project?.settings ?? {}).surveyMessages as MessageCatalogues;
  const content = toSurveyContent(trial.survey, [language], catalogues);
  // The widget's own words come in the reader's language, whatever the survey is written in.
  const words = toSurveyContent(
    {
      ...trial.survey,
      definition: { ...trial.survey.definition, locale: language, translations: {} },
    },
    [language],
    catalogues,
  );
  return { ...content, messages: words.messages, direction: words.direction };
}
