import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { changeSurvey, createSurvey, getSurvey } from "../../surveys/change-surveys.ts";
import { newSurveySchema, surveyChangeSchema } from "../../surveys/schema.ts";
import type { Survey } from "../../surveys/survey-definition.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm, readQuery } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { PREVIEW_PATH } from "../security.ts";
import type { FieldFault } from "../ui/field.tsx";
import { BuildPage } from "./build-page.tsx";
import { parseDraft, type SurveyDraft, toSurveyDraft } from "./draft.ts";
import { toFieldFaults } from "./draft-faults.ts";
import { unpackContent } from "./preview-content.ts";
import { PreviewPage } from "./preview-page.tsx";
import {
  readBuilderWords,
  readPreview,
  readTrialAudience,
  toPreview,
  toTrialSurvey,
} from "./read-builder.ts";
import { toDefinitionInput } from "./to-definition.ts";

const EDIT = "/dashboard/surveys/:id/edit";

interface Form {
  draft: SurveyDraft;
  /** That is changed; null for a new one. */
  survey: Survey | null;
}

/** What was asked for besides saving. */
interface Wish {
  faults?: FieldFault[];
  /** Whether to count who would be asked. */
  audience?: boolean;
  /** Of the preview. */
  language?: string;
}

/** The form that makes and changes surveys, and its preview. */
export function buildPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { db } = deps.database;
  const projectIdOf = (c: DashboardContext) => c.get("project").id;
  const findIn = (c: DashboardContext, id: string): Promise<Survey> => {
    if (!isUuid(id)) throw new Problem("not-found", "There is no such survey in this project.");
    return getSurvey(db, projectIdOf(c), id);
  };

  async function showForm(
    c: DashboardContext,
    { draft, survey }: Form,
    { faults = [], audience = false, language = "" }: Wish = {},
  ): Promise<Response> {
    const trial = toTrialSurvey(draft, survey, deps.clock());
    const [words, counted] = await Promise.all([
      readBuilderWords(deps, c.get("project")),
      audience ? readTrialAudience(deps, projectIdOf(c), trial) : null,
    ]);
    const named = survey && {
      id: survey.id,
      name: survey.name,
      wasLive: survey.liveAt !== null,
      version: survey.version,
    };
    const reader = language.slice(0, 50) || draft.locale;
    const preview = { ...toPreview(trial, reader), language: reader };
    // Who asks for an audience of a survey with faults learns why there is none.
    const shown = audience && "faults" in trial ? trial.faults : faults;
    const view = { draft, survey: named, ...words, faults: shown, audience: counted, preview };
    return renderPage(
      c,
      deps,
      {
        title: survey ? `Change ${survey.name}` : "New survey",
        section: "surveys",
        islands: ["trial"],
        status: shown.length > 0 ? 400 : 200,
      },
      <BuildPage view={view} />,
    );
  }

  app.get("/dashboard/surveys/new", requireRole("operator"), (c) =>
    showForm(c, { draft: parseDraft(readQuery(c)), survey: null }),
  );

  app.get(PREVIEW_PATH, requireRole("operator"), async (c) => {
    const query = readQuery(c);
    const content = unpackContent(query("content"));
    if (!content) throw new Problem("invalid-request", "There is nothing to show.");
    const language = query("language").slice(0, 50) || "en";
    return c.html(
      <PreviewPage
        content={await readPreview(deps, projectIdOf(c), { content, language })}
        theme={content.appearance.theme}
        assets={deps.assets}
        nonce={c.get("secureHeadersNonce") ?? ""}
      />,
    );
  });

  app.post("/dashboard/surveys", requireRole("operator"), async (c) => {
    const field = await readForm(c);
    const form = { draft: parseDraft(field), survey: null };
    const language = field("language");
    const then = field("then");
    if (then !== "") return showForm(c, form, { audience: then === "audience", language });
    const { name, key } = form.draft;
    const { definition, places } = toDefinitionInput(form.draft, null);
    const parsed = newSurveySchema.safeParse({ key: key || "survey", name, definition });
    if (!parsed.success) {
      return showForm(c, form, { faults: toFieldFaults(parsed.error, places), language });
    }
    return saveOr(c, form, places, async () => {
      const given = { ...parsed.data, projectId: projectIdOf(c) };
      const survey = await createSurvey(db, deps.clock, given);
      await auditAction(c, deps, {
        action: "survey.created",
        target: survey.name,
        at: deps.clock(),
        after: survey,
      });
      return c.redirect(`/dashboard/surveys/${survey.id}?said=created`, 303);
    });
  });

  app.get(EDIT, requireRole("operator"), async (c) => {
    const survey = await findIn(c, c.req.param("id"));
    return showForm(c, { draft: toSurveyDraft(survey), survey });
  });

  app.post(EDIT, requireRole("operator"), async (c) => {
    const survey = await findIn(c, c.req.param("id"));
    const field = await readForm(c);
    const form = { draft: parseDraft(field), survey };
    const language = field("language");
    const then = field("then");
    if (then === "show" || then === "audience") {
      return showForm(c, form, { audience: then === "audience", language });
    }
    const { definition, places } = toDefinitionInput(form.draft, survey);
    const parsed = surveyChangeSchema.safeParse({
      name: form.draft.name,
      ...(then === "draft" ? { draft: definition } : { definition }),
    });
    if (!parsed.success) {
      return showForm(c, form, { faults: toFieldFaults(parsed.error, places), language });
    }
    return saveOr(c, form, places, async () => {
      const change = { ...parsed.data, projectId: projectIdOf(c), id: survey.id };
      const after = await changeSurvey(db, deps.clock, change);
      const action = then === "draft" ? "survey.drafted" : "survey.changed";
      const entry = { action, target: survey.name, at: deps.clock() } as const;
      await auditAction(c, deps, { ...entry, before: survey, after });
      return c.redirect(`/dashboard/surveys/${survey.id}?said=saved`, 303);
    });
  });

  /** Shows the form again, with what was typed, where the rules refuse it. */
  async function saveOr(
    c: DashboardContext,
    form: Form,
    places: readonly string[],
    save: () => Promise<Response>,
  ): Promise<Response> {
    try {
      return await save();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const faults = toFieldFaults(error, places);
      return showForm(c, form, { faults: [{ field: "", message: error.message }, ...faults] });
    }
  }
  return app;
}
