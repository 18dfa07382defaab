import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { methodNotAllowed } from "hono/method-not-allowed";
import { matchedRoutes } from "hono/route";
import { accountRoutes } from "./accounts/routes.ts";
import { alertRoutes } from "./alerts/routes.ts";
import type { Assets } from "./assets/find-assets.ts";
import { assetRoutes } from "./assets/routes.ts";
import { auditRequests } from "./audit/audit-requests.ts";
import { auditRoutes } from "./audit/routes.ts";
import { findClientAddress } from "./client-address.ts";
import { sourceRoutes } from "./connectors/routes.ts";
import { dashboardRoutes } from "./dashboard/routes.tsx";
import type { Database } from "./db/client.ts";
import { describeWebhooks } from "./docs/describe-webhooks.ts";
import { docsRoutes } from "./docs/routes.tsx";
import { experimentRoutes } from "./experiments/routes.ts";
import { featureRoutes } from "./features/routes.ts";
import { type AppEnv, createRoutes } from "./http.ts";
import type { ProofCounts } from "./identity/proof-counts.ts";
import { incidentRoutes } from "./incidents/routes.ts";
import { createIngestEndpoint } from "./ingest/endpoint.ts";
import type { EventWriter } from "./ingest/event-writer.ts";
import { ingestRoutes, preflightRoutes } from "./ingest/routes.ts";
import { createWrongKeyLimit, limitWrongKeys } from "./limit-wrong-keys.ts";
import type { HttpInterface } from "./listen.ts";
import type { Logger } from "./logger.ts";
import { milestoneRoutes } from "./milestones/routes.ts";
import { changelogRoutes } from "./models/changelog/routes.ts";
import { evidenceRoutes } from "./models/evidence-routes.ts";
import { reportRoutes } from "./models/report/routes.ts";
import { modelRoutes } from "./models/routes.ts";
import { observationRoutes } from "./observations/routes.ts";
import type { ArrivalCounts } from "./operations/arrival-counts.ts";
import { createMetrics } from "./operations/metrics.ts";
import { createPing } from "./operations/ping.ts";
import { readQueues } from "./operations/queues.ts";
import { operationRoutes } from "./operations/routes.ts";
import { outcomeRoutes } from "./outcomes/routes.ts";
import { playbookRoutes } from "./playbooks/routes.ts";
import { Problem } from "./problem.ts";
import type { KeyRing } from "./projects/key-ring.ts";
import { projectRoutes } from "./projects/routes.ts";
import { pulseRoutes } from "./pulses/routes.ts";
import { quarantineRoutes } from "./quarantine/routes.ts";
import { releaseRoutes } from "./releases/routes.ts";
import { createRequestLog } from "./request-log.ts";
import { requestRoutes } from "./requests/routes.ts";
import { scoreRoutes } from "./scores/routes.ts";
import { segmentRoutes } from "./segments/routes.ts";
import { sessionRoutes } from "./sessions/routes.ts";
import { promptRoutes } from "./surveys/prompt-routes.ts";
import { surveyRoutes } from "./surveys/routes.ts";
import { createTimeOrderedId } from "./time-ordered-id.ts";
import { toProblem } from "./to-problem.ts";
import { userRoutes } from "./users/routes.ts";
import type { WebhookPolicy } from "./webhooks/endpoint-url.ts";
import { webhookRoutes } from "./webhooks/routes.ts";

/** What the HTTP interface needs from the process. */
export interface AppDeps {
  database: Database;
  keyRing: KeyRing;
  eventWriter: EventWriter;
  logger: Logger;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Where people reach this collector, without a slash at the end. */
  publicUrl: string;
  /** Encrypts secrets at rest. */
  appSecret: string;
  /** True once the process was asked to stop. */
  isDraining?: () => boolean;
  /** Proxies of one's own in front, each of which appends to `X-Forwarded-For`; absent: none. */
  trustedProxyHops?: number;
  /** Which webhook receivers may be reached; absent: public ones only. */
  webhookPolicy?: WebhookPolicy;
  /** Counts what arrives; absent: nobody does. */
  arrivals?: ArrivalCounts;
  /** Counts which messages come with a proof of identity; absent: nobody does. */
  proofCounts?: ProofCounts;
  /** The browser bundles; absent: they are not served. */
  bundles?: Assets;
  /** The pages of the demo; absent: there are none. */
  demoRoutes?: OpenAPIHono<AppEnv>;
}

const MAX_REST_BODY_BYTES = 10_000_000;
/** The environment of requests that the process sends itself; they are no traffic. */
const INTERNAL = {};

/** The routes of {@link createHttp}: requests work at once, also without a port. */
export function createApp(deps: AppDeps): OpenAPIHono<AppEnv> {
  return createHttp(deps).app;
}

/** Builds the HTTP interface. It starts nothing; `createRequestListener` puts it on a port. */
export function createHttp(deps: AppDeps): HttpInterface {
  const app = createRoutes();
  const { eventWriter } = deps;
  // Slow questions may hold the general pool: that makes no process unready, and no figure late.
  const { ingestSql } = deps.database;
  const ping = createPing(ingestSql);
  const metrics = createMetrics({
    eventWriter,
    ping,
    readQueues: () => readQueues(ingestSql),
  });

  const noteRequest = createRequestLog(deps.logger, metrics);
  const wrongKeys = createWrongKeyLimit();
  const ingest = createIngestEndpoint({ ...deps, metrics, noteRequest, wrongKeys });
  app.route("/", ingestRoutes(ingest));

  app.use(async (c, next) => {
    const startedAt = performance.now();
    c.set("requestId", createTimeOrderedId());
    c.set("logFields", {});
    c.set("address", findClientAddress(c, deps.trustedProxyHops ?? 0));
    c.header("x-request-id", c.get("requestId"));
    c.header("x-content-type-options", "nosniff");
    c.header("referrer-policy", "same-origin");
    await next();
    if (c.env === INTERNAL) return;
    noteRequest({
      requestId: c.get("requestId"),
      method: c.req.method,
      route: findRoute(c),
      status: c.res.status,
      startedAt,
      fields: c.get("logFields"),
    });
  });

  app.use(methodNotAllowed({ app, onMethodNotAllowed: answerOtherMethod }));
  app.route("/", operationRoutes({ ...deps, ping }, metrics));
  app.use("/v1/*", limitWrongKeys(wrongKeys));
  if (deps.bundles) app.route("/", assetRoutes(deps.bundles));
  if (deps.demoRoutes) app.route("/", deps.demoRoutes);
  app.route("/", preflightRoutes());
  app.route("/", promptRoutes(deps));
  app.use(
    "/v1/*",
    bodyLimit({
      maxSize: MAX_REST_BODY_BYTES,
      onError: () => {
        throw new Problem("too-large", `A body has at most ${MAX_REST_BODY_BYTES} bytes.`);
      },
    }),
  );
  app.use(
    "/v1/*",
    auditRequests(deps, (path, init) => app.request(path, init, INTERNAL)),
  );
  app.route("/", quarantineRoutes(deps));
  app.route("/", projectRoutes(deps));
  app.route("/", userRoutes(deps));
  app.route("/", accountRoutes(deps));
  app.route("/", sessionRoutes(deps));
  app.route("/", scoreRoutes(deps));
  app.route("/", experimentRoutes(deps));
  app.route("/", modelRoutes(deps));
  app.route("/", evidenceRoutes(deps));
  app.route("/", changelogRoutes(deps));
  app.route("/", pulseRoutes(deps));
  app.route("/", reportRoutes(deps));
  app.route("/", segmentRoutes(deps));
  app.route("/", milestoneRoutes(deps));
  app.route("/", releaseRoutes(deps));
  app.route("/", featureRoutes(deps));
  app.route("/", requestRoutes(deps));
  app.route("/", outcomeRoutes(deps));
  app.route("/", observationRoutes(deps));
  app.route("/", incidentRoutes(deps));
  app.route("/", surveyRoutes(deps));
  app.route("/", sourceRoutes(deps));
  app.route("/", alertRoutes(deps));
  app.route("/", playbookRoutes(deps));
  app.route("/", webhookRoutes(deps));
  app.route("/", auditRoutes(deps));
  app.route("/", dashboardRoutes(deps));
  describeWebhooks(app);
  app.route("/", docsRoutes(app, deps));

  // Returned and not thrown: an error from here would pass by the request's log line.
  app.notFound((c) =>
    answer(c, new Problem("not-found", `There is no ${c.req.method} ${c.req.path}; see /docs.`)),
  );
  app.onError((error, c) => {
    const problem = toProblem(error);
    if (problem.status >= 500) {
      deps.logger.error({ requestId: c.get("requestId"), err: error }, "request failed");
    }
    return answer(c, problem);
  });
  return { app, ingest };
}

function answer(c: Context<AppEnv>, problem: Problem): Response {
  c.set("logFields", { ...c.get("logFields"), problem: problem.kind });
  if (problem.retryAfterSeconds !== undefined) {
    c.header("retry-after", String(problem.retryAfterSeconds));
  }
  c.header("content-type", "application/problem+json");
  return c.body(JSON.stringify(problem.toDocument(c.get("requestId"))), problem.status);
}

/** Answers who uses a method that the path has no route for (RFC 9110, 15.5.6). */
function answerOtherMethod(c: Context<AppEnv>, methods: string[]): Response {
  const allow = methods.join(", ");
  c.header("allow", allow);
  const detail = `${c.req.path} takes ${allow}, not ${c.req.method}; see /docs.`;
  return answer(c, new Problem("method-not-allowed", detail));
}

/** The pattern of the route, not the path: that may hold an address or a key. */
function findRoute(c: Context<AppEnv>): string {
  return matchedRoutes(c).findLast(({ path }) => !path.endsWith("*"))?.path ?? "(none)";
}
