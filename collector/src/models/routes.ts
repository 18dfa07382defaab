import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { MODEL_TEMPLATES } from "@telltale/scoring";
import type { Context } from "hono";
import type { AppDeps } from "../app.ts";
import { requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes, toProblemErrors } from "../http.ts";
import { Problem } from "../problem.ts";
import { findReview } from "./find-review.ts";
import { publishModel } from "./publish-model.ts";
import { getModel, listModels } from "./read-models.ts";
import { findModelFaults, saveDraft } from "./save-draft.ts";
import { draftBody, modelSummary, publishBody, reviewSchema, versionParams } from "./schema.ts";

const tags = ["Models"];
const security = [{ secretKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { "application/json": { schema } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, ...json(schema) });
const missing = { 404: { description: "No such model in this project." } };

const list = createRoute({
  method: "get",
  path: "/v1/models",
  tags,
  security,
  summary: "List models, newest first",
  description: "The changelog: who changed the model, when and why.",
  responses: {
    200: {
      description:
        "All versions, the templates to start from, and when to look at the model again.",
      ...json(
        z.object({
          data: z.array(modelSummary),
          templates: z.record(z.string(), z.unknown()),
          review: reviewSchema,
        }),
      ),
    },
  },
});

const draft = createRoute({
  method: "post",
  path: "/v1/models",
  tags,
  security,
  summary: "Save a draft",
  request: { body: body(draftBody) },
  responses: {
    201: { description: "Saved as a draft.", ...json(z.looseObject({ version: z.string() })) },
    409: { description: "That version was published." },
  },
});

const get = createRoute({
  method: "get",
  path: "/v1/models/{version}",
  tags,
  security,
  summary: "Read a model with lint and differences",
  request: { params: versionParams },
  responses: {
    200: { description: "The model.", ...json(z.looseObject({ version: z.string() })) },
    ...missing,
  },
});

const publish = createRoute({
  method: "post",
  path: "/v1/models/{version}/publish",
  tags,
  security,
  summary: "Put a draft in force",
  request: { params: versionParams, body: body(publishBody) },
  responses: {
    200: { description: "Published.", ...json(z.looseObject({ version: z.string() })) },
    ...missing,
    409: { description: "Not a draft, not backtested, or worse without a reason." },
  },
});

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Refuses a draft with all of its faults at once, in the engine's words where it has some.
 *
 * @throws {Problem} invalid-request
 */
async function refuseDraft(error: z.ZodError, c: Context): Promise<never> {
  const given: unknown = await c.req.json().catch(() => null);
  const { author, rationale, document } = isObject(given) ? given : {};
  const faults = isObject(document) ? findModelFaults({ ...document, author, rationale }) : [];
  const inDocument = faults.filter(
    ({ pointer }) => pointer !== "/document/author" && pointer !== "/document/rationale",
  );
  const named = new Set(inDocument.map(({ pointer }) => pointer));
  const others = toProblemErrors(error).filter(({ pointer }) => !named.has(pointer));
  throw new Problem("invalid-request", "The body has faults; see errors.", {
    errors: [...others, ...inDocument],
  });
}

/** `/v1/models`: draft, read, publish. */
export function modelRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  app.use("/v1/models", requireSecretKey(deps.keyRing));
  app.use("/v1/models/*", requireSecretKey(deps.keyRing));

  app.openapi(list, async (c) => {
    const { project } = c.get("keyHolder");
    const data = await listModels(sql, project.id, deps.clock());
    const review = await findReview(sql, project.id, deps.clock());
    return c.json({ data, templates: MODEL_TEMPLATES, review }, 200);
  });
  app.openapi(
    draft,
    async (c) => {
      const { project } = c.get("keyHolder");
      const now = deps.clock();
      const given = c.req.valid("json");
      const { version } = await saveDraft(sql, { projectId: project.id, ...given, now });
      return c.json({ ...(await getModel(sql, project.id, version, now)) }, 201);
    },
    (result, c) =>
      result.success ? undefined : refuseDraft(result.error as unknown as z.ZodError, c),
  );
  app.openapi(get, async (c) => {
    const { project } = c.get("keyHolder");
    const { version } = c.req.valid("param");
    return c.json({ ...(await getModel(sql, project.id, version, deps.clock())) }, 200);
  });
  app.openapi(publish, async (c) => {
    const { project } = c.get("keyHolder");
    const { version } = c.req.valid("param");
    const { author, rationale, effectiveAt, worseReason } = c.req.valid("json");
    const now = deps.clock();
    const publication = { version, author, rationale, effectiveAt, worseReason, now };
    await publishModel(sql, project, publication);
    return c.json({ ...(await getModel(sql, project.id, version, now)) }, 200);
  });
  return app;
}
