import { Hono } from "hono";
import { calendarDayOf, toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import type { MemberProject } from "../../sign-in/find-session.ts";
import { createBriefMemory } from "../briefly.ts";
import type { DashboardEnv } from "../env.ts";
import { readTierShares } from "../queries/book.ts";
import { findChoices, findFeatures, findFriction, findRequests } from "../queries/features.ts";
import { findSummaryRun } from "../queries/usage-summaries.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { summariseUsage } from "../summarise-usage.ts";
import { FeaturesPage, type FeaturesView } from "./features-page.tsx";

const ASKED_MS = 90 * 86_400_000;
/** Up to so many accounts a page sums up itself when no worker did yet. */
const SMALL_BOOK = 200;

/** Features: adoption, health, friction, requests. */
export function featurePages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;
  const views = createBriefMemory<FeaturesView>(deps.clock, {
    keepMs: 20_000,
    staleMs: 120_000,
    most: 50,
    isWorthKeeping: ({ features }) => features.length > 0,
  });

  async function read(project: MemberProject): Promise<FeaturesView> {
    const now = deps.clock();
    const shares = await readTierShares(sql, project.id);
    const accounts = shares.reduce((sum, share) => sum + share.accounts, 0);
    if (accounts <= SMALL_BOOK && !(await findSummaryRun(sql, project.id))) {
      await summariseUsage(sql, project, { scope: "all", now });
    }
    const today = toDayNumber(calendarDayOf(now, project.timeZone));
    const since = new Date(now - ASKED_MS).toISOString();
    const [features, friction, requests, choices, asOf] = await Promise.all([
      findFeatures(sql, project.id, toCalendarDay(today - 28)),
      findFriction(sql, project.id),
      findRequests(sql, project.id, since),
      findChoices(sql, project.id, since),
      findSummaryRun(sql, project.id),
    ]);
    return { accounts, features, friction, requests, choices, asOf };
  }

  app.get("/dashboard/features", async (c) => {
    const project = c.get("project");
    const view = await views(project.id, () => read(project));
    return renderPage(
      c,
      deps,
      { title: "Features", section: "features" },
      <FeaturesPage view={view} />,
    );
  });
  return app;
}
