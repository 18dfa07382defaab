import type { SurveyContent } from "@telltale/protocol";
import { directionOf } from "@telltale/protocol/messages";
import type { AppDeps } from "../../app.ts";
import { Problem } from "../../problem.ts";
import { findProject } from "../../projects/find-project.ts";
import { readSettings } from "../../projects/settings.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { toDefinition } from "../../surveys/change-surveys.ts";
import { countAudience } from "../../surveys/count-audience.ts";
import { definitionSchema } from "../../surveys/definition-schema.ts";
import {
  type MessageCatalogues,
  messagesIn,
  toSurveyContent,
} from "../../surveys/survey-content.ts";
import type { Survey } from "../../surveys/survey-definition.ts";
import { readSegmentChoices } from "../summaries/read-segment-choices.ts";
import { readBookSummary } from "../summaries/summarise-book.ts";
import type { FieldFault } from "../ui/field.tsx";
import type { Audience } from "./audience-panel.tsx";
import type { SurveyDraft } from "./draft.ts";
import { toFieldFaults } from "./draft-faults.ts";
import { type PreviewContent, packContent } from "./preview-content.ts";
import { toDefinitionInput } from "./to-definition.ts";

type Deps = Pick<AppDeps, "database" | "clock">;

/** What the form offers: segments of both kinds, and features. */
export async function readBuilderWords({ database, clock }: Deps, project: MemberProject) {
  const [segments, { words }] = await Promise.all([
    readSegmentChoices({ database, clock }, project),
    readBookSummary(database.sql, project, clock()),
  ]);
  return { segments, features: words.features };
}

/** A draft as the survey that it would be, or what is wrong with it. */
export type Trial = { survey: Survey } | { faults: FieldFault[] };

export function toTrialSurvey(draft: SurveyDraft, survey: Survey | null, now: number): Trial {
  const { definition, places } = toDefinitionInput(draft, survey);
  const parsed = definitionSchema.safeParse(definition);
  if (!parsed.success) return { faults: toFieldFaults(parsed.error, places) };
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
  trial: Trial,
): Promise<Audience | null> {
  if ("faults" in trial) return null;
  const project = await findProject(deps.database.sql, projectId);
  if (!project) throw new Problem("not-found", "There is no such project.");
  return countAudience(deps, project, trial.survey);
}

/** A draft as its preview takes it, in a language. */
export function toPreview(
  trial: Trial,
  language: string,
): { content: string | null; fault: string | null } {
  if ("faults" in trial) {
    return { content: null, fault: trial.faults.map(({ message }) => message).join(" ") };
  }
  const content = packContent(toSurveyContent(trial.survey, [language]));
  return { content, fault: content === null ? "The texts are too long for a preview." : null };
}

/** A preview as a browser would get the survey: the widget's words come in the reader's language. */
export async function readPreview(
  { database }: Deps,
  projectId: string,
  { content, language }: { content: PreviewContent; language: string },
): Promise<SurveyContent> {
  const project = await findProject(database.sql, projectId);
  const catalogues = readSettings(project?.settings ?? {}).surveyMessages as MessageCatalogues;
  return {
    ...content,
    id: "00000000-0000-7000-8000-000000000000",
    locale: language,
    direction: directionOf(language),
    messages: messagesIn(language, catalogues),
  };
}
