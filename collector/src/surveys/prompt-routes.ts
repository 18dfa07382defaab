import { createHash } from "node:crypto";
import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { PromptClaimResponse } from "@telltale/protocol";
import type { Context } from "hono";
import { cors } from "hono/cors";
import type { AppDeps } from "../app.ts";
import { keyOfBody, keyOfHeader } from "../auth.ts";
import { type AppEnv, createRoutes, toProblemErrors } from "../http.ts";
import { createCrawlerDetector } from "../ingest/bots.ts";
import { limitRate } from "../ingest/limit-rate.ts";
import { checkOrigin } from "../ingest/origin.ts";
import { readJsonBody } from "../ingest/read-body.ts";
import { isOptedOut } from "../ingest/refusals.ts";
import { createIdentityVerifier } from "../ingest/verify-identity.ts";
import { Problem, WrongKey } from "../problem.ts";
import type { KeyHolder } from "../projects/key-ring.ts";
import { createTokenBuckets } from "../token-buckets.ts";
import { claimPrompt } from "./claim-prompt.ts";
import { toDevice } from "./device.ts";
import { readPublicConfig } from "./public-config.ts";
import { claimAnswerSchema, claimSchema, configSchema } from "./schema.ts";

type PromptDeps = Pick<AppDeps, "database" | "keyRing" | "clock" | "appSecret">;

/** Browsers learn of a changed survey within so many seconds. */
const CONFIG_MAX_AGE_S = 60;

const keyProblems = {
  401: { description: "No key, or an unknown one." },
  403: { description: "This origin is not on the project's list." },
  429: { description: "Too fast; see Retry-After." },
};
const writeKey = z.string().optional().describe("The write key, unless it comes in Basic auth.");

function describePrompts(app: OpenAPIHono<AppEnv>): void {
  const security = [{ writeKey: [] }];
  const tags = ["Prompts"];
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/v1/config",
    tags,
    summary: "Read what a browser needs to know of the live surveys",
    security,
    request: { query: z.object({ writeKey }) },
    responses: {
      200: {
        description: `Cached for ${CONFIG_MAX_AGE_S} s, with an ETag.`,
        content: { "application/json": { schema: configSchema } },
      },
      304: { description: "As it was." },
      ...keyProblems,
    },
  });
  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/prompts/claim",
    tags,
    summary: "Ask whether a survey may be shown to a person now",
    description:
      "Decided here, for all devices and tabs of the person at once. A grant is noted in the same " +
      "transaction. The body may be text/plain, so that browsers need no preflight.",
    security,
    request: {
      query: z.object({ writeKey }),
      body: { content: { "application/json": { schema: claimSchema } } },
    },
    responses: {
      200: {
        description: "Granted with the survey to show, or refused with the reason.",
        content: { "application/json": { schema: claimAnswerSchema } },
      },
      400: { description: "Not JSON, or not of this shape; see errors." },
      ...keyProblems,
    },
  });
}

/** What browsers ask about surveys with the public key: `/v1/config` and `/v1/prompts/claim`. */
export function promptRoutes(deps: PromptDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  describePrompts(app);
  const buckets = createTokenBuckets();
  const isCrawler = createCrawlerDetector();
  const identity = createIdentityVerifier(deps);

  async function findHolder(
    c: Context<AppEnv>,
    keyInBody: string | null = null,
  ): Promise<KeyHolder> {
    const key = keyOfHeader(c.req.header("authorization")) ?? keyInBody ?? c.req.query("writeKey");
    if (!key) {
      throw new Problem(
        "unauthenticated",
        "Send the write key in Basic auth, as writeKey in the body, or as ?writeKey=.",
      );
    }
    const holder = await deps.keyRing.find(key);
    if (!holder) throw new WrongKey();
    checkOrigin(holder, c.req.header("origin"));
    limitRate(buckets, holder, c.get("address"));
    c.set("logFields", { ...c.get("logFields"), projectId: holder.project.id });
    return holder;
  }

  /** The refusals that need nothing of the survey: nobody there, no proof of who asks, or no wish to be asked. */
  async function findRefusal(
    c: Context<AppEnv>,
    holder: KeyHolder,
    { token, userId, accountId }: z.output<typeof claimSchema>,
  ): Promise<PromptClaimResponse | null> {
    // It would count as somebody who was shown it, and hold a place under a cap.
    if (isCrawler(c.req.header("user-agent"))) return { granted: false, reason: "crawler" };
    // Their answers would not be stored either.
    if (isOptedOut(holder, c.req.header("sec-gpc"))) return { granted: false, reason: "opted_out" };
    const context = { token };
    const proofs = await identity.prepare(holder, [], context);
    const who = { userId: userId ?? "", groupId: accountId ?? "" };
    const isRefused = proofs?.identify(who, context) === "refused";
    return isRefused ? { granted: false, reason: "identity_unverified" } : null;
  }

  const allowCors = cors({
    origin: "*",
    allowHeaders: ["authorization", "content-type", "if-none-match"],
    exposeHeaders: ["etag"],
    maxAge: 86_400,
  });
  app.use("/v1/config", allowCors);
  app.use("/v1/prompts/claim", allowCors);

  app.get("/v1/config", async (c) => {
    const { project } = await findHolder(c);
    const body = JSON.stringify(await readPublicConfig(deps.database.db, project.id, deps.clock()));
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    c.header("etag", etag);
    c.header("cache-control", `public, max-age=${CONFIG_MAX_AGE_S}`);
    c.header("vary", "authorization, origin");
    if (isKnown(c.req.header("if-none-match"), etag)) return c.body(null, 304);
    c.header("content-type", "application/json");
    return c.body(body);
  });

  app.post("/v1/prompts/claim", async (c) => {
    const body = await readJsonBody(c.req.raw);
    const holder = await findHolder(c, keyOfBody(body));
    const parsed = claimSchema.safeParse(body);
    if (!parsed.success) {
      throw new Problem("invalid-request", "The body is not a claim; see errors.", {
        errors: toProblemErrors(parsed.error),
      });
    }
    const claim = parsed.data;
    const { sql } = deps.database;
    const answer =
      (await findRefusal(c, holder, claim)) ??
      (await claimPrompt({ sql, clock: deps.clock }, holder.project, {
        surveyId: claim.surveyId ?? null,
        surveyKey: claim.surveyKey ?? null,
        userId: claim.userId ?? "",
        anonymousId: claim.anonymousId,
        accountId: claim.accountId ?? "",
        sessionId: claim.sessionId,
        locales: claim.locales,
        isRequested: claim.isRequested,
        device: toDevice(c.req.header("user-agent")),
      }));
    c.set("logFields", {
      ...c.get("logFields"),
      granted: answer.granted,
      ...(!answer.granted && { refusal: answer.reason }),
    });
    c.header("cache-control", "no-store");
    return c.json(answer);
  });
  return app;
}

/** Whether `If-None-Match` names a version (RFC 9110 §13.1.2). */
function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  const known = header.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes(etag) || known.includes("*");
}
