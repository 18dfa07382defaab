import { describe, expect, it } from "vitest";
import { type DashboardBrowser, findBarriers } from "../dashboard-browser.ts";

/** What holds on every page. */
export function everyPage(open: () => DashboardBrowser): void {
  describe("every page", { timeout: 180_000 }, () => {
    it("has no barrier that axe knows, in light and dark, and fits a phone", async () => {
      const { page, database } = open();
      const [alert] = await database.sql<{ id: string }[]>`SELECT id FROM alerts LIMIT 1`;
      const [survey] = await database.sql<{ id: string }[]>`SELECT id FROM surveys LIMIT 1`;
      const [endpoint] = await database.sql<{ id: string }[]>`
      SELECT id FROM webhook_endpoints LIMIT 1`;
      const paths = [
        "/dashboard",
        "/dashboard/accounts/northwind-studio",
        "/dashboard/alerts",
        `/dashboard/alerts/${alert?.id}`,
        "/dashboard/alerts/noise",
        "/dashboard/alerts/rules",
        "/dashboard/alerts/rules/new",
        "/dashboard/alerts/rules/sudden-drop?try=1",
        "/dashboard/alerts/playbooks",
        "/dashboard/alerts/playbooks/adoption_gap",
        "/dashboard/review",
        "/dashboard/features",
        "/dashboard/surveys",
        `/dashboard/surveys/${survey?.id}?audience=1`,
        "/dashboard/surveys/new",
        `/dashboard/surveys/${survey?.id}/edit`,
        "/dashboard/features/roadmap",
        "/dashboard/model",
        "/dashboard/model/edit?preview=1&weight-usage=90",
        "/dashboard/model/versions/default.1",
        "/dashboard/model/scenario?signal-active_days=-30",
        "/dashboard/model/scenario?account=northwind-studio",
        "/dashboard/model/report",
        "/dashboard/data",
        "/dashboard/data/install",
        "/dashboard/data/live",
        "/dashboard/data/rejected",
        "/dashboard/data/webhooks",
        `/dashboard/data/webhooks/${endpoint?.id}`,
        "/dashboard/data/keys",
        "/dashboard/data/privacy",
        "/dashboard/people",
        "/dashboard/people/you",
        "/dashboard/people/audit",
      ];
      const barriers: string[] = [];
      for (const path of paths) {
        await open().goto(path);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          barriers.push(
            ...(await findBarriers(page)).map((found) => `${colorScheme} ${path} ${found}`),
          );
        }
        await page.setViewportSize({ width: 390, height: 844 });
        const excess = await page.evaluate(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        if (excess !== 0) barriers.push(`${path} is ${excess} px too wide for a phone`);
        await page.setViewportSize({ width: 1_280, height: 900 });
      }
      expect(barriers).toEqual([]);
      expect(open().faults).toEqual([]);
    });
  });
}
