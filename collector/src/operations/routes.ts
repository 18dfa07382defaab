import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import ipaddr from "ipaddr.js";
import { keyOfHeader } from "../auth.ts";
import { findClientAddress } from "../client-address.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import { Problem } from "../problem.ts";
import type { KeyRing } from "../projects/key-ring.ts";
import type { Metrics } from "./metrics.ts";
import type { Ping } from "./ping.ts";

/** Beyond this share of the backlog other processes should get the traffic. */
const CROWDED_SHARE = 0.8;

interface OperationDeps {
  ping: Ping;
  eventWriter: EventWriter;
  keyRing: KeyRing;
  /** True once the process was asked to stop. */
  isDraining?: () => boolean;
}

/**
 * `/healthz`: the process lives. `/readyz`: it can serve, for load balancers; with a node of a cluster
 * away it still serves the projects of the others, which no other process could do better. `/metrics`: figures for
 * Prometheus, which reads them from the private network or with a secret key.
 */
export function operationRoutes(deps: OperationDeps, metrics: Metrics): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.get("/healthz", (c) => c.json({ status: "ok" }));

  app.get("/readyz", async (c) => {
    const database = await deps.ping();
    const backlog = deps.eventWriter.fillShare < CROWDED_SHARE ? "ok" : "crowded";
    const isDraining = deps.isDraining?.() ?? false;
    const isThere = database === "ok" || database === "partly";
    const isReady = isThere && backlog === "ok" && !isDraining;
    const served = database === "ok" ? "ok" : "degraded";
    const status = isDraining ? "draining" : isReady ? served : "unavailable";
    return c.json({ status, database, backlog }, isReady ? 200 : 503);
  });

  app.get("/metrics", async (c) => {
    if (!isNear(c)) await requireAnySecretKey(c, deps.keyRing);
    const { text, contentType } = await metrics.render();
    return c.body(text, 200, { "content-type": contentType });
  });
  return app;
}

/** Not from the internet: no proxy spoke for somebody, and the peer is of a private network. */
function isNear(c: Context): boolean {
  if (c.req.header("x-forwarded-for") !== undefined) return false;
  const address = findClientAddress(c, 0);
  if (address === null) return true;
  return ipaddr.isValid(address) && ipaddr.process(address).range() !== "unicast";
}

async function requireAnySecretKey(c: Context, keyRing: KeyRing): Promise<void> {
  const key = keyOfHeader(c.req.header("authorization"));
  const holder = key ? await keyRing.find(key) : null;
  if (holder?.kind === "secret") return;
  throw new Problem("unauthenticated", "From outside, /metrics needs a secret key.");
}
