import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppDeps } from "../app.ts";
import { projectIdOf } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { getSurvey } from "./change-surveys.ts";
import { countAudience } from "./count-audience.ts";
import { readResults } from "./read-results.ts";
import { readResponsesCsv } from "./responses-csv.ts";
import { audienceSchema, resultsQuery, resultsSchema } from "./results-schema.ts";

const tags = ["Surveys"];
const security = [{ secretKey: [] }];
const params = z.object({ id: z.uuid() });
const notFound = { description: "No such survey in this project." };

const results = createRoute({
  method: "get",
  path: "/v1/surveys/{id}/results",
  tags,
  security,
  summary: "Read what came back",
  description:
    "Response rate, drop-off, distributions and scores with 95 % intervals, by week and by segment, " +
    "beside the stretch of the same length before; the newest comments.",
  request: { params, query: resultsQuery },
  responses: {
    200: {
      description: "The results.",
      content: { "application/json": { schema: resultsSchema } },
    },
    400: { description: "The stretch of time makes no sense." },
    404: notFound,
  },
});

const csv = createRoute({
  method: "get",
  path: "/v1/surveys/{id}/responses.csv",
  tags,
  security,
  summary: "Download all answers as CSV",
  description: "Newest first, one line a question; no cell is a formula.",
  request: { params },
  responses: {
    200: {
      description: "The file.",
      content: { "text/csv": { schema: z.string() } },
    },
    404: notFound,
  },
});

const audience = createRoute({
  method: "get",
  path: "/v1/surveys/{id}/audience",
  tags,
  security,
  summary: "Count who would see the survey now",
  description: "By the very rules of a claim. A draft counts as if it went live now.",
  request: { params },
  responses: {
    200: {
      description: "How many, and why not the others.",
      content: { "application/json": { schema: audienceSchema } },
    },
    404: notFound,
  },
});

/** What came back from a survey, and whom it can still reach. Mounted under the key of `surveyRoutes`. */
export function resultsRoutes(deps: Pick<AppDeps, "database" | "clock">): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.openapi(results, async (c) => {
    const { project } = c.get("keyHolder");
    const wish = { project, surveyId: c.req.valid("param").id, ...c.req.valid("query") };
    return c.json(await readResults(deps, wish), 200);
  });
  app.openapi(csv, async (c) => {
    const { id } = c.req.valid("param");
    const body = await readResponsesCsv(deps.database.db, projectIdOf(c), id);
    c.header("content-type", "text/csv; charset=utf-8");
    c.header("content-disposition", `attachment; filename="survey-${id}.csv"`);
    return c.body(body);
  });
  app.openapi(audience, async (c) => {
    const { project } = c.get("keyHolder");
    const survey = await getSurvey(deps.database.db, project.id, c.req.valid("param").id);
    return c.json(await countAudience(deps, project, survey), 200);
  });
  return app;
}
