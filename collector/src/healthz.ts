import { setTimeout as sleep } from "node:timers/promises";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { sql } from "drizzle-orm";
import type { Db } from "./db/client.ts";
import { type AppEnv, createRoutes } from "./http.ts";

const READY_WITHIN_MS = 2_000;

interface HealthzDeps {
  database: { db: Db };
}

/** `/healthz`: the process lives. `/readyz`: it can also reach its database. */
export function healthzRoutes(deps: HealthzDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    const query = deps.database.db.execute(sql`SELECT 1`).then(
      () => "ok" as const,
      () => "unreachable" as const,
    );
    const database = await Promise.race([
      query,
      sleep(READY_WITHIN_MS, "timed out" as const, { ref: false }),
    ]);
    const isReady = database === "ok";
    return c.json({ status: isReady ? "ok" : "unavailable", database }, isReady ? 200 : 503);
  });
  return app;
}
