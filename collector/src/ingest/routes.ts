import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { cors } from "hono/cors";
import { findPeer } from "../client-address.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { describeIngestion } from "./describe.ts";
import type { IngestEndpoint, IngestRequest } from "./endpoint.ts";
import { INGEST_PATHS } from "./envelope.ts";
import { readStream } from "./read-body.ts";

/**
 * Ingestion for who has no socket, such as a test; on a port, `createRequestListener` answers the
 * same paths by the same endpoint. Mounted before all middleware: the endpoint does its own.
 */
export function ingestRoutes(endpoint: IngestEndpoint): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  describeIngestion(app);
  for (const path of INGEST_PATHS) {
    app.post(path, async (c) => {
      const { body, status, headers } = await endpoint(toIngestRequest(c));
      return new Response(body, { status, headers });
    });
  }
  return app;
}

function toIngestRequest(c: Context<AppEnv>): IngestRequest {
  return {
    path: c.req.path,
    peer: findPeer(c),
    header: (name) => c.req.header(name),
    query: (name) => c.req.query(name),
    readBody: () => readStream(c.req.raw.body),
  };
}

/** Lets pages of any origin send: the project's list of origins is checked with the key. */
export function preflightRoutes(): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  const allowCors = cors({
    origin: "*",
    // Any header that a page asks for: the libraries of others send some of their own.
    // Without it a browser on another origin cannot obey.
    exposeHeaders: ["retry-after"],
    maxAge: 86_400,
  });
  for (const path of INGEST_PATHS) app.options(path, allowCors);
  return app;
}
