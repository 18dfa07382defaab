import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { changeSurvey, createSurvey, getSurvey } from "../../surveys/change-surveys.ts";
import { newSurveySchema, surveyChangeSchema } from "../../surveys/schema.ts";
import type { Survey } from "../../surveys/survey-definition.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { PREVIEW_PATH } from "../security.ts";
import { BuildPage } from "./build-page.tsx";
import { parseDraft, type SurveyDraft, toDefinitionInput, toSurveyDraft } from "./draft.ts";
import { PreviewPage } from "./preview-page.tsx";
import { readBuilderWords, readPreview, readTrialAudience, toTrialSurvey } from "./read-builder.ts";

const EDIT = "/dashboard/surveys/:id/edit";

/** The form that makes and changes surveys, and its preview. */
export function buildPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;
  const projectIdOf = (c: DashboardContext) => c.get("project").id;
  const queryOf = (c: DashboardContext) => (name: string) => c.req.query(name)?.trim() ?? "";
  const findIn = (c: DashboardContext, id: string): Promise<Survey> => {
    if (!isUuid(id)) throw new Problem("not-found", "There is no such survey in this project.");
    return getSurvey(db, projectIdOf(c), id);
  };

  async function showForm(
    c: DashboardContext,
    { draft, survey, faults }: { draft: SurveyDraft; survey: Survey | null; faults: string[] },
  ): Promise<Response> {
    const isAsked = c.req.method === "GET" && queryOf(c)("audience") !== "";
    const trial = toTrialSurvey(draft, survey, deps.clock());
    const [words, audience] = await Promise.all([
      readBuilderWords(deps, c.get("project")),
      isAsked ? readTrialAudience(deps, projectIdOf(c), trial) : null,
    ]);
    const named = survey && {
      id: survey.id,
      name: survey.name,
      wasLive: survey.liveAt !== null,
      version: survey.version,
    };
    const view = { draft, survey: named, ...words, faults, audience };
    return renderPage(
      c,
      deps,
      {
        title: survey ? `Change ${survey.name}` : "New survey",
        section: "surveys",
        islands: ["trial"],
        status: faults.length > 0 ? 400 : 200,
      },
      <BuildPage view={{ ...view, previewLanguage: queryOf(c)("language") || draft.locale }} />,
    );
  }

  app.get("/dashboard/surveys/new", requireRole("operator"), (c) =>
    showForm(c, { draft: parseDraft(queryOf(c)), survey: null, faults: [] }),
  );

  app.get(PREVIEW_PATH, requireRole("operator"), async (c) => {
    const query = queryOf(c);
    const survey = query("survey") ? await findIn(c, query("survey")) : null;
    const draft = parseDraft(query);
    const language = query("language").slice(0, 20) || draft.locale;
    const wish = { draft, survey, language, now: deps.clock() };
    const content = await readPreview(deps, projectIdOf(c), wish);
    return c.html(
      <PreviewPage
        content={content}
        theme={draft.theme}
        assets={deps.assets}
        nonce={c.get("secureHeadersNonce") ?? ""}
      />,
    );
  });

  app.post("/dashboard/surveys", requireRole("operator"), async (c) => {
    const draft = parseDraft(await readForm(c));
    const definition = toDefinitionInput(draft, null);
    const parsed = newSurveySchema.safeParse({ key: draft.key, name: draft.name, definition });
    if (!parsed.success) {
      return showForm(c, { draft, survey: null, faults: toFaults(parsed.error.issues) });
    }
    return saveOr(c, { draft, survey: null }, async () => {
      const given = { ...parsed.data, projectId: projectIdOf(c) };
      const { id, name } = await createSurvey(db, deps.clock, given);
      await auditAction(c, sql, { action: "survey.created", target: name, at: deps.clock() });
      return c.redirect(`/dashboard/surveys/${id}?said=created`, 303);
    });
  });

  app.get(EDIT, requireRole("operator"), async (c) => {
    const survey = await findIn(c, c.req.param("id"));
    const isTyped = c.req.query("kind-1") !== undefined;
    const draft = isTyped ? parseDraft(queryOf(c)) : toSurveyDraft(survey);
    return showForm(c, { draft, survey, faults: [] });
  });

  app.post(EDIT, requireRole("operator"), async (c) => {
    const survey = await findIn(c, c.req.param("id"));
    const field = await readForm(c);
    const draft = parseDraft(field);
    const definition = toDefinitionInput(draft, survey);
    const isDraft = field("then") === "draft";
    const parsed = surveyChangeSchema.safeParse({
      name: draft.name,
      ...(isDraft ? { draft: definition } : { definition }),
    });
    if (!parsed.success) {
      return showForm(c, { draft, survey, faults: toFaults(parsed.error.issues) });
    }
    return saveOr(c, { draft, survey }, async () => {
      const change = { ...parsed.data, projectId: projectIdOf(c), id: survey.id };
      await changeSurvey(db, deps.clock, change);
      const action = isDraft ? "survey.drafted" : "survey.changed";
      await auditAction(c, sql, { action, target: survey.name, at: deps.clock() });
      return c.redirect(`/dashboard/surveys/${survey.id}?said=saved`, 303);
    });
  });

  /** Shows the form again, with what was typed, where the rules refuse it. */
  async function saveOr(
    c: DashboardContext,
    form: { draft: SurveyDraft; survey: Survey | null },
    save: () => Promise<Response>,
  ): Promise<Response> {
    try {
      return await save();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const details = error.errors.map(({ detail }) => detail);
      return showForm(c, { ...form, faults: [error.message, ...details] });
    }
  }
  return app;
}

const toFaults = (issues: { path: PropertyKey[]; message: string }[]): string[] =>
  issues.map(({ path, message }) => `${path.map(String).join(" ")}: ${message}`);
