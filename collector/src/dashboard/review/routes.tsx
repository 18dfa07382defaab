import { Hono } from "hono";
import type { DashboardEnv } from "../env.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { readWeek } from "./read-week.ts";
import { ReviewPage } from "./review-page.tsx";

/** The weekly review. */
export function reviewPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  app.get("/dashboard/review", async (c) =>
    renderPage(
      c,
      deps,
      { title: "Weekly review", section: "alerts" },
      <ReviewPage week={await readWeek(deps, c.get("project"))} />,
    ),
  );
  return app;
}
