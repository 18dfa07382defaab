import { Hono } from "hono";
import { Problem } from "../../problem.ts";
import { readRequests, readRoadmap } from "../../requests/read-requests.ts";
import { tagsSchema } from "../../requests/tag.ts";
import { tagRequest } from "../../requests/tag-request.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { FeaturesPage } from "./features-page.tsx";
import { readFeatures } from "./read-features.ts";
import { type RoadmapFilter, RoadmapPage } from "./roadmap-page.tsx";

const PAGE_ROWS = 25;
const ROADMAP = "/dashboard/features/roadmap";

/** Features: adoption, health, paths, friction, and what accounts ask for. */
export function featurePages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  app.get("/dashboard/features", async (c) => {
    const view = await readFeatures(deps, c.get("project"));
    return renderPage(
      c,
      deps,
      { title: "Features", section: "features" },
      <FeaturesPage view={view} />,
    );
  });

  app.get(ROADMAP, async (c) => {
    const { id: projectId, role } = c.get("project");
    const filter: RoadmapFilter = {
      tag: (c.req.query("tag") ?? "").slice(0, 40),
      whose: c.req.query("whose") === "all" ? "all" : "at_risk",
      cursor: (c.req.query("cursor") ?? "").slice(0, 500),
    };
    const now = deps.clock();
    const [roadmap, requests] = await Promise.all([
      readRoadmap(sql, projectId, now),
      readRequests(sql, {
        projectId,
        tag: filter.tag,
        tier: filter.whose === "at_risk" ? "at_risk" : undefined,
        cursor: filter.cursor || undefined,
        limit: PAGE_ROWS,
        now,
      }),
    ]);
    const view = { roadmap, requests, filter, canTag: includesRole(role, "operator") };
    return renderPage(
      c,
      deps,
      { title: "What accounts ask for", section: "features" },
      <RoadmapPage view={view} />,
    );
  });

  app.post(`${ROADMAP}/tags`, requireRole("operator"), async (c) => {
    const field = await readForm(c);
    const words = field("tags")
      .split(",")
      .filter((word) => word.trim() !== "");
    const tags = tagsSchema.safeParse(words);
    if (!tags.success) {
      throw new Problem("invalid-request", `Tags: ${tags.error.issues[0]?.message}.`);
    }
    const id = field("id");
    await tagRequest(sql, { projectId: c.get("project").id, id, tags: tags.data });
    await auditAction(c, sql, { action: "request.tagged", target: id, at: deps.clock() });
    const back = field("back");
    return c.redirect(back.startsWith(ROADMAP) ? back : ROADMAP, 303);
  });
  return app;
}
