import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import { stream } from "hono/streaming";
import type { AppDeps } from "../app.ts";
import { originOf, projectIdOf, requireSecretKey } from "../auth.ts";
import { type AppEnv, createRoutes } from "../http.ts";
import { eraseUser } from "./erase-user.ts";
import { exportUser } from "./export-user.ts";

const tags = ["Users"];
const security = [{ secretKey: [] }];
const params = z.object({ id: z.string().min(1).max(200) });

const exportSchema = z
  .object({ userId: z.string(), anonymousIds: z.array(z.string()) })
  .catchall(z.array(z.record(z.string(), z.unknown())))
  .openapi("UserExport");

const erasureSchema = z
  .object({ erased: z.record(z.string(), z.number()).describe("Rows, by table.") })
  .openapi("Erasure");

const read = createRoute({
  method: "get",
  path: "/v1/users/{id}",
  tags,
  security,
  summary: "Export all that is kept about a user",
  description: "One object with a list a table; long histories are streamed.",
  request: { params },
  responses: {
    200: {
      description: "Everything.",
      content: { "application/json": { schema: exportSchema } },
    },
    404: { description: "No such user in this project." },
  },
});

const erase = createRoute({
  method: "delete",
  path: "/v1/users/{id}",
  tags,
  security,
  summary: "Erase a user",
  description:
    "Removes the user from every table. A tombstone, which names nobody, keeps late events out.",
  request: { params },
  responses: {
    200: {
      description: "What was removed.",
      content: { "application/json": { schema: erasureSchema } },
    },
  },
});

/** `/v1/users/{id}`: the rights of the people behind the numbers. */
export function userRoutes(
  deps: Pick<AppDeps, "keyRing" | "database" | "clock">,
): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/v1/users/*", requireSecretKey(deps.keyRing));
  app.openapi(read, async (c) => {
    const { sql } = deps.database;
    const parts = await exportUser(sql, projectIdOf(c), c.req.valid("param").id);
    c.header("content-type", "application/json");
    return stream(c, async (out) => {
      for await (const part of parts) await out.write(part);
    }) as never;
  });
  app.openapi(erase, async (c) => {
    const { id: userId } = c.req.valid("param");
    return c.json(await eraseUser(deps, userId, originOf(c)), 200);
  });
  return app;
}
