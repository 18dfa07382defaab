import type { RequestListener } from "node:http";
import { getRequestListener } from "@hono/node-server";
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "./http.ts";
import type { IngestEndpoint } from "./ingest/endpoint.ts";
import { INGEST_PATHS } from "./ingest/envelope.ts";
import { answerIncoming } from "./ingest/listen.ts";

/** The parts of the HTTP interface, for whoever gives them a port. */
export interface HttpInterface {
  app: OpenAPIHono<AppEnv>;
  ingest: IngestEndpoint;
}

/** Answers the requests of one of Node's servers: messages at once, all else through the routes. */
export function createRequestListener({ app, ingest }: HttpInterface): RequestListener {
  const route = getRequestListener(app.fetch);
  return (incoming, outgoing) => {
    const { method, url = "" } = incoming;
    const end = url.indexOf("?");
    const path = end < 0 ? url : url.slice(0, end);
    if (method === "POST" && INGEST_PATHS.has(path)) {
      void answerIncoming(ingest, path, incoming, outgoing);
    } else void route(incoming, outgoing);
  };
}
