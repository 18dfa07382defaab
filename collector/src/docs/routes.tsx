import type { OpenAPIHono } from "@hono/zod-openapi";
import { type AppEnv, createRoutes } from "../http.ts";
import { DocsPage } from "./docs-page.tsx";
import type { OpenApiDocument } from "./openapi-document.ts";
import { ProblemsPage } from "./problems-page.tsx";

/** `/openapi.json` and its readable form, `/docs`. */
export function docsRoutes(
  described: OpenAPIHono<AppEnv>,
  deps: { publicUrl: string },
): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  let document: OpenApiDocument | null = null;

  function describe(): OpenApiDocument {
    document ??= described.getOpenAPI31Document({
      openapi: "3.1.0",
      info: {
        title: "Telltale",
        version: "1",
        description:
          "Usage and sentiment in, one explainable health score per account out. " +
          "Faults are answered as application/problem+json (RFC 9457).",
        license: { name: "MIT" },
      },
      servers: [{ url: deps.publicUrl }],
    }) as unknown as OpenApiDocument;
    return document;
  }

  app.get("/openapi.json", (c) => c.json(describe()));
  app.get("/docs", (c) => c.html(<DocsPage document={describe()} />));
  app.get("/docs/problems", (c) => c.html(<ProblemsPage />));
  return app;
}
