import { Hono } from "hono";
import type { DashboardEnv } from "../env.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { readReview } from "./read-review.ts";
import { ReviewPage } from "./review-page.tsx";
import { parseReviewSpan } from "./review-span.tsx";

/** The weekly review. */
export function reviewPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  app.get("/dashboard/review", async (c) => {
    const span = parseReviewSpan(c.req.query("days"));
    return renderPage(
      c,
      deps,
      { title: "Weekly review", section: "alerts" },
      <ReviewPage review={await readReview(deps, c.get("project"), span)} span={span} />,
    );
  });
  return app;
}
