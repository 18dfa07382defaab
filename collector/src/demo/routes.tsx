import type { OpenAPIHono } from "@hono/zod-openapi";
import { secureHeaders } from "hono/secure-headers";
import { type AppEnv, createRoutes } from "../http.ts";
import { Problem } from "../problem.ts";
import type { DemoState } from "./demo-state.ts";
import type { ProductFiles } from "./product-files.ts";
import { readShellFile, SHELL_FILES } from "./shell-files.ts";
import { ShellPage } from "./shell-page.tsx";

interface DemoRouteDeps {
  product: ProductFiles;
  readState(): Promise<DemoState>;
}

/** `/demo`: the product, the live panel beside it, and what the panel reads. */
export function demoRoutes({ product, readState }: DemoRouteDeps): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  app.use("/demo", ownFilesOnly);
  app.use("/demo/*", ownFilesOnly);
  app.get("/demo", (c) => c.html(<ShellPage />));
  app.get("/demo/", (c) => c.redirect("/demo", 301));
  for (const name of SHELL_FILES) {
    app.get(`/demo/${name}`, async (c) => {
      const { type, text } = await readShellFile(name);
      return c.body(text, 200, { "content-type": type, "cache-control": "no-cache" });
    });
  }
  app.get("/demo/live", async (c) => {
    c.header("cache-control", "no-store");
    return c.json(await readState());
  });
  app.get("/demo/app", (c) => c.redirect("/demo/app/", 301));
  for (const path of ["/demo/app/", "/demo/app/:name"]) {
    app.get(path, async (c) => {
      const file = await product.find(c.req.param("name") ?? "");
      if (!file) throw new Problem("not-found", "There is no such file in the demo product.");
      return c.body(file.text, 200, { "content-type": file.type, "cache-control": "no-cache" });
    });
  }
  return app;
}

/** Nothing from elsewhere, nothing inline, no frame but our own. */
const ownFilesOnly = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", "data:"],
    connectSrc: ["'self'"],
    frameSrc: ["'self'"],
    frameAncestors: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
  },
  xFrameOptions: "SAMEORIGIN",
  strictTransportSecurity: false,
});
