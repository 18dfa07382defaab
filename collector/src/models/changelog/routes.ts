import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../../app.ts";
import { projectIdOf, requireSecretKey } from "../../auth.ts";
import { type AppEnv, createRoutes } from "../../http.ts";
import { pageOf, pageQuery } from "../../pagination.ts";
import { addIdea, answerIdea, pageIdeas } from "./ideas.ts";
import { ideaAnswer, ideaSchema, newIdea } from "./schema.ts";
import { writeChangelog } from "./write-changelog.ts";

const tags = ["Models"];
const security = [{ secretKey: [] }];
const json = <Schema extends z.ZodType>(schema: Schema) => ({
  content: { "application/json": { schema } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({ required: true, ...json(schema) });

const changelog = createRoute({
  method: "get",
  path: "/v1/model-changelog",
  tags,
  security,
  summary: "Read how the score came about, as a document",
  description: "Every version with author, rationale, backtest and changes; the backlog below.",
  responses: {
    200: { description: "Markdown.", content: { "text/markdown": { schema: z.string() } } },
  },
});

const list = createRoute({
  method: "get",
  path: "/v1/model-ideas",
  tags,
  security,
  summary: "List the backlog of the score",
  request: { query: pageQuery },
  responses: {
    200: {
      description: "Open ideas first, then the answered ones; the newest first.",
      ...json(pageOf(ideaSchema)),
    },
  },
});

const add = createRoute({
  method: "post",
  path: "/v1/model-ideas",
  tags,
  security,
  summary: "Note what to change about the score",
  request: { body: body(newIdea) },
  responses: { 201: { description: "Noted.", ...json(ideaSchema) } },
});

const answer = createRoute({
  method: "patch",
  path: "/v1/model-ideas/{id}",
  tags,
  security,
  summary: "Say what became of an idea",
  request: { params: z.object({ id: z.uuid() }), body: body(ideaAnswer) },
  responses: {
    200: { description: "Answered.", ...json(ideaSchema) },
    404: { description: "No such idea in this project." },
  },
});

/** `/v1/model-changelog` and `/v1/model-ideas`: where the score comes from, and where it goes. */
export function changelogRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { sql } = deps.database;
  for (const path of ["/v1/model-changelog", "/v1/model-ideas", "/v1/model-ideas/*"]) {
    app.use(path, requireSecretKey(deps.keyRing));
  }
  app.openapi(changelog, async (c) => {
    const text = await writeChangelog(sql, c.get("keyHolder").project, deps.clock());
    return c.body(text, 200, { "content-type": "text/markdown; charset=utf-8" });
  });
  app.openapi(list, async (c) =>
    c.json(await pageIdeas(sql, projectIdOf(c), c.req.valid("query")), 200),
  );
  app.openapi(add, async (c) => {
    const idea = { ...c.req.valid("json"), projectId: projectIdOf(c), now: deps.clock() };
    return c.json(await addIdea(sql, idea), 201);
  });
  app.openapi(answer, async (c) => {
    const given = { ...c.req.valid("json"), ...c.req.valid("param") };
    const asked = { ...given, projectId: projectIdOf(c), now: deps.clock() };
    return c.json(await answerIdea(sql, asked), 200);
  });
  return app;
}
