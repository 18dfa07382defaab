import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { pageOf, pageQuery } from "../pagination.ts";
import {
  changeSurvey,
  createSurvey,
  deleteSurvey,
  getSurvey,
  listVersions,
  publishDraft,
} from "./change-surveys.ts";
import { readResponses, readSurveys, toSurveyBody, toVersionBody } from "./list-surveys.ts";
import { resultsRoutes } from "./results-routes.ts";
import {
  newSurveySchema,
  responseSchema,
  surveyChangeSchema,
  surveySchema,
  versionSchema,
} from "./schema.ts";

const tags = ["Surveys"];
const security = [{ secretKey: [] }];
const params = z.object({ id: z.uuid() });
const notFound = { description: "No such survey in this project." };
const jsonOf = <Schema extends z.ZodType>(schema: Schema) => ({ "application/json": { schema } });

const list = createRoute({
  method: "get",
  path: "/v1/surveys",
  tags,
  security,
  summary: "List surveys",
  request: { query: pageQuery },
  responses: { 200: { description: "Newest first.", content: jsonOf(pageOf(surveySchema)) } },
});

const create = createRoute({
  method: "post",
  path: "/v1/surveys",
  tags,
  security,
  summary: "Create a survey",
  description: "It asks nobody until its status is live.",
  request: { body: { required: true, content: jsonOf(newSurveySchema) } },
  responses: {
    201: { description: "The survey.", content: jsonOf(surveySchema) },
    400: { description: "The definition has faults; see errors." },
    409: { description: "The key is taken." },
  },
});

const get = createRoute({
  method: "get",
  path: "/v1/surveys/{id}",
  tags,
  security,
  summary: "Read a survey",
  request: { params },
  responses: {
    200: { description: "The survey.", content: jsonOf(surveySchema) },
    404: notFound,
  },
});

const change = createRoute({
  method: "patch",
  path: "/v1/surveys/{id}",
  tags,
  security,
  summary: "Change, start or stop a survey",
  description:
    "Browsers learn of it within a minute; a stopped survey is granted to nobody at once.",
  request: { params, body: { required: true, content: jsonOf(surveyChangeSchema) } },
  responses: {
    200: { description: "The survey.", content: jsonOf(surveySchema) },
    400: { description: "The definition has faults; see errors." },
    404: notFound,
    409: { description: "A step that was answered would change its meaning." },
  },
});

const publish = createRoute({
  method: "post",
  path: "/v1/surveys/{id}/publish",
  tags,
  security,
  summary: "Publish a survey's draft",
  description: "It asks from now on what the draft says, as a new version if it was live.",
  request: { params },
  responses: {
    200: { description: "The survey.", content: jsonOf(surveySchema) },
    404: notFound,
    409: { description: "There is no draft, or a step that was asked would change its meaning." },
  },
});

const versions = createRoute({
  method: "get",
  path: "/v1/surveys/{id}/versions",
  tags,
  security,
  summary: "List what a survey asked, version by version",
  request: { params },
  responses: {
    200: {
      description: "Oldest first.",
      content: jsonOf(z.object({ data: z.array(versionSchema) })),
    },
    404: notFound,
  },
});

const remove = createRoute({
  method: "delete",
  path: "/v1/surveys/{id}",
  tags,
  security,
  summary: "Delete a survey that nobody was asked",
  request: { params },
  responses: {
    204: { description: "Gone." },
    404: notFound,
    409: { description: "People were asked: stop it instead." },
  },
});

const responses = createRoute({
  method: "get",
  path: "/v1/surveys/{id}/responses",
  tags,
  security,
  summary: "List the answers to a survey",
  request: { params, query: pageQuery },
  responses: {
    200: {
      description: "Newest first, one row a question.",
      content: jsonOf(pageOf(responseSchema)),
    },
    404: notFound,
  },
});

/** `/v1/surveys`: what is asked, whom, and what came back. */
export function surveyRoutes(
  deps: Pick<AppDeps, "database" | "keyRing" | "clock">,
): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { db } = deps.database;
  const { clock } = deps;
  app.use("/v1/surveys", requireSecretKey(deps.keyRing));
  app.use("/v1/surveys/*", requireSecretKey(deps.keyRing));

  app.openapi(list, async (c) =>
    c.json(await readSurveys(db, { projectId: projectIdOf(c), ...c.req.valid("query") }), 200),
  );
  app.openapi(create, async (c) => {
    const given = { ...c.req.valid("json"), projectId: projectIdOf(c) };
    return c.json(toSurveyBody(await createSurvey(db, clock, given)), 201);
  });
  app.openapi(get, async (c) => {
    const survey = await getSurvey(db, projectIdOf(c), c.req.valid("param").id);
    return c.json(toSurveyBody(survey), 200);
  });
  app.openapi(change, async (c) => {
    const given = { ...c.req.valid("json"), ...c.req.valid("param"), projectId: projectIdOf(c) };
    return c.json(toSurveyBody(await changeSurvey(db, clock, given)), 200);
  });
  app.openapi(publish, async (c) => {
    const survey = { projectId: projectIdOf(c), id: c.req.valid("param").id };
    return c.json(toSurveyBody(await publishDraft(db, clock, survey)), 200);
  });
  app.openapi(versions, async (c) => {
    const data = await listVersions(db, projectIdOf(c), c.req.valid("param").id);
    return c.json({ data: data.map(toVersionBody) }, 200);
  });
  app.openapi(remove, async (c) => {
    await deleteSurvey(db, projectIdOf(c), c.req.valid("param").id);
    return c.body(null, 204);
  });
  app.openapi(responses, async (c) => {
    const page = { ...c.req.valid("query"), projectId: projectIdOf(c) };
    return c.json(await readResponses(db, { ...page, surveyId: c.req.valid("param").id }), 200);
  });
  app.route("/", resultsRoutes(deps));
  return app;
}
