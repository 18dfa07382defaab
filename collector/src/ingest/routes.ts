import type { OpenAPIHono } from "@hono/zod-openapi";
import type { BatchResponse, MessageType } from "@telltale/protocol";
import type { Context } from "hono";
import { cors } from "hono/cors";
import type { AppDeps } from "../app.ts";
import { keyOfHeader, requireScope } from "../auth.ts";
import { findClientAddress } from "../client-address.ts";
import { type AppEnv, createRoutes, toProblemErrors } from "../http.ts";
import type { Metrics } from "../operations/metrics.ts";
import { Problem } from "../problem.ts";
import { rememberWakeRules } from "../surveys/remember-wake-rules.ts";
import { createTokenBuckets } from "../token-buckets.ts";
import { createBotDetector } from "./bots.ts";
import { describeIngestion } from "./describe.ts";
import { limitRate } from "./limit-rate.ts";
import { checkOrigin } from "./origin.ts";
import { parseInstant } from "./parse-instant.ts";
import { readIngestBody } from "./read-body.ts";
import { recordBatch } from "./record-batch.ts";
import { findOldest, isOptedOut, refuseOptedOut, requireSomeIdentity } from "./refusals.ts";
import { batchSchema } from "./schema.ts";
import { createIdentityVerifier } from "./verify-identity.ts";

const SINGLES: { [path: string]: MessageType } = {
  "/v1/track": "track",
  "/v1/t": "track",
  "/v1/identify": "identify",
  "/v1/i": "identify",
  "/v1/group": "group",
  "/v1/g": "group",
  "/v1/page": "page",
  "/v1/p": "page",
  "/v1/screen": "screen",
  "/v1/s": "screen",
  "/v1/alias": "alias",
  "/v1/a": "alias",
};

/** The library that our browser SDK names in its batches. */
const SDK_NAME = "@telltale/sdk";

const BATCH_PATHS = ["/v1/batch", "/v1/b"];

/** Paths whose answers bring their own headers. */
export const INGEST_PATHS: ReadonlySet<string> = new Set([...BATCH_PATHS, ...Object.keys(SINGLES)]);

interface Envelope {
  messages: unknown[];
  writeKey: string | null;
  sentAt: string | null;
  context: Record<string, unknown>;
  dropped: Record<string, number>;
}

/** Ingestion: `/v1/batch`, the singles, and the short forms of both. */
export function ingestRoutes(deps: AppDeps & { metrics: Metrics }): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  describeIngestion(app);

  const buckets = createTokenBuckets();
  const isBot = createBotDetector();
  const identity = createIdentityVerifier(deps);
  const findWakeRules = rememberWakeRules({ db: deps.database.db, clock: deps.clock });

  async function record(c: Context<AppEnv>, open: (body: unknown) => Envelope) {
    const receivedAtMs = deps.clock();
    const { value, suspicion } = await readIngestBody(c);
    const envelope = open(value);
    const key =
      keyOfHeader(c.req.header("authorization")) ?? envelope.writeKey ?? c.req.query("writeKey");
    if (!key) {
      throw new Problem(
        "unauthenticated",
        "Send the write key in Basic auth, as writeKey in the body, or as ?writeKey=.",
      );
    }
    const holder = await deps.keyRing.find(key);
    if (!holder) throw new Problem("unauthenticated", "This key is unknown or was revoked.");
    requireScope(holder, "ingest");
    checkOrigin(holder, c.req.header("origin"));
    limitRate(buckets, holder, findClientAddress(c, deps.trustedProxyHops ?? 0));
    const { messages, context } = envelope;
    if (isOptedOut(holder, c.req.header("sec-gpc"))) {
      return toResponse(c, refuseOptedOut(messages));
    }
    const identify = await identity.prepare(holder, messages, context);
    const recorded = await recordBatch(
      { eventWriter: deps.eventWriter, sql: deps.database.sql },
      messages,
      {
        projectId: holder.project.id,
        receivedAtMs,
        sentAtMs: parseInstant(envelope.sentAt ?? "") ?? undefined,
        isImport: holder.kind === "secret",
        isBot: holder.kind === "write" && isBot(c.req.header("user-agent")),
        context,
        suspicion,
        oldestMs: findOldest(holder, receivedAtMs),
        ...(identify && { identify }),
      },
    );
    deps.metrics.countEvents(recorded);
    requireSomeIdentity(recorded);
    c.set("logFields", {
      projectId: holder.project.id,
      accepted: recorded.accepted,
      duplicates: recorded.duplicates,
      rejected: recorded.rejected.length,
      ...(Object.keys(envelope.dropped).length > 0 && { dropped: envelope.dropped }),
    });
    if (!isFromOurSdk(context)) return toResponse(c, recorded);
    // Its events are stored; what it may show is not worth failing for.
    const wake = await findWakeRules(holder.project.id).catch(() => null);
    return toResponse(c, wake ? { ...recorded, wake } : recorded);
  }

  /** A page on another origin must be able to read what went wrong, and when to come back. */
  async function answer(c: Context<AppEnv>, open: (body: unknown) => Envelope) {
    try {
      return await record(c, open);
    } catch (error) {
      for (const [name, value] of Object.entries(headersOf(c))) c.header(name, value);
      throw error;
    }
  }

  const allowCors = cors({
    origin: "*",
    // Segment's browser library counts its retries in one: without it none of them would arrive.
    allowHeaders: ["authorization", "content-type", "x-retry-count"],
    // Without it a browser on another origin cannot obey.
    exposeHeaders: ["retry-after"],
    maxAge: 86_400,
  });
  for (const path of BATCH_PATHS) {
    app.options(path, allowCors);
    app.post(path, (c) => answer(c, openBatch));
  }
  for (const [path, type] of Object.entries(SINGLES)) {
    app.options(path, allowCors);
    app.post(path, (c) => answer(c, (body) => openSingle(body, type)));
  }
  return app;
}

function headersOf(c: Context<AppEnv>): { [name: string]: string } {
  return {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "retry-after",
    "x-content-type-options": "nosniff",
    "x-request-id": c.get("requestId"),
  };
}

function isFromOurSdk({ library }: Envelope["context"]): boolean {
  return (library as { name?: unknown } | undefined)?.name === SDK_NAME;
}

/** The answer with all its headers at once: so it stays a plain object until Node writes it. */
function toResponse(c: Context<AppEnv>, answer: BatchResponse): Response {
  const headers = { "content-type": "application/json", ...headersOf(c) };
  return new Response(JSON.stringify(answer), { status: 200, headers });
}

function openBatch(body: unknown): Envelope {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) {
    throw new Problem("invalid-request", "The body is not a batch: { batch: [message, …] }.", {
      errors: toProblemErrors(parsed.error),
    });
  }
  const { batch, writeKey, sentAt, context, dropped } = parsed.data;
  return {
    messages: batch,
    writeKey: writeKey ?? null,
    sentAt: sentAt ?? null,
    context: context ?? {},
    dropped: dropped ?? {},
  };
}

function openSingle(body: unknown, type: MessageType): Envelope {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem("invalid-request", "The body is not a message.", {
      errors: [{ pointer: "", detail: "must be an object" }],
    });
  }
  const { writeKey, sentAt, ...message } = body as Record<string, unknown>;
  return {
    messages: [{ ...message, type }],
    writeKey: typeof writeKey === "string" ? writeKey : null,
    sentAt: typeof sentAt === "string" ? sentAt : null,
    context: {},
    dropped: {},
  };
}
