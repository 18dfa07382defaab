import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { getAccount } from "../accounts/list-accounts.ts";
import { accountParams } from "../accounts/schema.ts";
import type { AppDeps } from "../app.ts";
import { projectIdOf, requireSecretKey } from "../auth.ts";
import { optionalBody } from "../describe-resource.ts";
import { type AppEnv, allowNoBody, createRoutes } from "../http.ts";
import { moment } from "../time-checks.ts";
import { calendarDayOf, toCalendarDay, toDayNumber } from "./civil-day.ts";
import { explainDates } from "./explain-dates.ts";
import { getHistory } from "./history.ts";
import { listSpikes } from "./list-spikes.ts";
import { scoreProject } from "./score-project.ts";

const tags = ["Scores"];
const security = [{ secretKey: [] }];
const HISTORY_DAYS = 90;

const span = z.object({
  from: moment
    .optional()
    .describe("Calendar day in the project's time zone, inclusive; of a moment its day counts."),
  to: moment.optional().describe("Likewise; absent: today."),
});

const historySchema = z
  .object({
    data: z.array(
      z.object({
        day: z.string(),
        score: z.number().nullable(),
        tier: z.enum(["healthy", "at_risk", "critical", "unknown"]),
        confidence: z.number(),
        coverage: z.number(),
        modelVersion: z.string(),
        normsVersion: z.string(),
        inputHash: z.string().describe("Equal hashes: the same facts, model and norms."),
      }),
    ),
    tierChanges: z
      .number()
      .int()
      .describe("How often the tier became another one, first scores aside."),
  })
  .openapi("HealthHistory");

const spikesSchema = z
  .object({
    data: z.array(
      z.object({
        day: z.string(),
        uses: z.number(),
        countedAs: z
          .number()
          .describe("The most that still looks usual: signals take the day for so much."),
      }),
    ),
  })
  .openapi("UsageSpikes");

const explanationSchema = z
  .object({
    from: z.number(),
    to: z.number(),
    delta: z.number(),
    byKind: z.record(z.string(), z.number()).describe("They sum to delta."),
    parts: z.array(
      z.object({
        kind: z.string(),
        signal: z.string().nullable(),
        points: z.number(),
        sentence: z.string(),
      }),
    ),
  })
  .openapi("ChangeExplanation");

const history = createRoute({
  method: "get",
  path: "/v1/accounts/{id}/health/history",
  tags,
  security,
  summary: "Read an account's score, day by day",
  description: `The last ${HISTORY_DAYS} days unless told otherwise.`,
  request: { params: accountParams, query: span },
  responses: {
    200: {
      description: "One row a day, oldest first.",
      content: { "application/json": { schema: historySchema } },
    },
    404: { description: "No such account in this project." },
  },
});

const spikes = createRoute({
  method: "get",
  path: "/v1/accounts/{id}/usage-spikes",
  tags,
  security,
  summary: "List the days on which an account did far more than is usual for it",
  description: `Judged by the 28 days before each. Nothing of such a day is deleted, but signals count no more than what still looks usual. The last ${HISTORY_DAYS} days unless told otherwise.`,
  request: { params: accountParams, query: span },
  responses: {
    200: {
      description: "Oldest first.",
      content: { "application/json": { schema: spikesSchema } },
    },
    404: { description: "No such account in this project." },
  },
});

const explanation = createRoute({
  method: "get",
  path: "/v1/accounts/{id}/health/explanation",
  tags,
  security,
  summary: "Explain how a score moved between two days",
  description:
    "behaviour, decay, sentiment, external, missing, peers, model and override: they sum to the difference. The last 30 days unless told otherwise.",
  request: { params: accountParams, query: span },
  responses: {
    200: {
      description: "The difference, taken apart.",
      content: { "application/json": { schema: explanationSchema } },
    },
    404: { description: "No such account in this project." },
    409: { description: "On one of the days nothing was known of it." },
  },
});

const score = createRoute({
  method: "post",
  path: "/v1/score",
  tags,
  security,
  summary: "Score every account now, or as of a past day",
  description: "As of the end of the day; of a moment its day counts.",
  request: {
    body: optionalBody(z.object({ asOf: moment.optional() })),
  },
  responses: {
    200: {
      description: "How many were scored; for a past day also how many came out the same.",
      content: {
        "application/json": {
          schema: z.object({
            day: z.string(),
            scored: z.number().int(),
            unchanged: z.number().int().nullable(),
          }),
        },
      },
    },
  },
});

/** A day stays as it is, a moment becomes the day that it lies in. */
function dayIn(timeZone: string, time: string | undefined): string | undefined {
  return time?.includes("T") ? calendarDayOf(Date.parse(time), timeZone) : time;
}

/** History and explanation of an account's health, and scoring on demand. */
export function scoreRoutes(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const { db, sql } = deps.database;
  app.use("/v1/score", requireSecretKey(deps.keyRing));
  app.post("/v1/score", allowNoBody);

  function spanOf(given: z.output<typeof span>, timeZone: string, days: number) {
    const to = dayIn(timeZone, given.to) ?? calendarDayOf(deps.clock(), timeZone);
    return { from: dayIn(timeZone, given.from) ?? toCalendarDay(toDayNumber(to) - days), to };
  }

  app.openapi(history, async (c) => {
    const { project } = c.get("keyHolder");
    const { id } = await getAccount(db, projectIdOf(c), c.req.valid("param").id);
    const days = spanOf(c.req.valid("query"), project.timeZone, HISTORY_DAYS);
    const found = await getHistory(sql, project.id, id, days);
    return c.json(found as z.output<typeof historySchema>, 200);
  });
  app.openapi(spikes, async (c) => {
    const { project } = c.get("keyHolder");
    const { id: accountId } = await getAccount(db, projectIdOf(c), c.req.valid("param").id);
    const days = spanOf(c.req.valid("query"), project.timeZone, HISTORY_DAYS);
    return c.json({ data: await listSpikes(sql, { projectId: project.id, accountId }, days) }, 200);
  });
  app.openapi(explanation, async (c) => {
    const { project } = c.get("keyHolder");
    const { id } = await getAccount(db, projectIdOf(c), c.req.valid("param").id);
    const days = spanOf(c.req.valid("query"), project.timeZone, 30);
    const question = { accountId: id, ...days, now: deps.clock() };
    return c.json(await explainDates(sql, project, question), 200);
  });
  app.openapi(score, async (c) => {
    const { project } = c.get("keyHolder");
    const { asOf } = c.req.valid("json") ?? {};
    const day = dayIn(project.timeZone, asOf);
    return c.json(await scoreProject({ ...deps, sql }, project, day), 200);
  });
  return app;
}
