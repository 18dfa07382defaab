import { Hono } from "hono";
import type { DashboardEnv } from "../env.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { FeaturesPage } from "./features-page.tsx";
import { readFeatures } from "./read-features.ts";
import { roadmapPages } from "./roadmap-routes.tsx";

/** Features: adoption, health, paths, friction, and what accounts ask for. */
export function featurePages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  app.get("/dashboard/features", async (c) => {
    const view = await readFeatures(deps, c.get("project"));
    return renderPage(
      c,
      deps,
      { title: "Features", section: "features" },
      <FeaturesPage view={view} />,
    );
  });
  app.route("/", roadmapPages(deps));
  return app;
}
