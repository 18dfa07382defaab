import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DashboardBrowser } from "../dashboard-browser.ts";
import { findDashboardPaths } from "../dashboard-paths.ts";

/** What works where no script runs, at twice the zoom. */
export function withoutScripts(open: () => DashboardBrowser): void {
  describe("without scripts", { timeout: 120_000 }, () => {
    let context: BrowserContext | undefined;
    let page: Page;
    const goto = (path: string) => page.goto(`${open().collector.url}${path}`);

    beforeAll(async () => {
      context = await open()
        .context.browser()
        ?.newContext({
          javaScriptEnabled: false,
          storageState: await open().context.storageState(),
          viewport: { width: 640, height: 450 },
        });
      if (!context) throw new Error("the browser is gone");
      page = await context.newPage();
    });

    afterAll(async () => {
      await context?.close();
    });

    it("every page says what it has, and offers nothing that only a script could do", async () => {
      for (const path of await findDashboardPaths(open().database.sql)) {
        const answer = await goto(path);
        expect(answer?.status(), path).toBe(200);
        expect(await page.locator("h1:visible").count(), path).toBe(1);
        const idle = page.locator("input[type=range]:visible, button[data-copy]:visible");
        expect(await idle.count(), path).toBe(0);
      }
    });

    it("a scenario is worked out, a rule tried and an alert taken on", async () => {
      await goto("/dashboard/model/scenario");
      await page.locator("#signal-active_days").fill("-50");
      await page.getByRole("button", { name: "Work it out" }).click();
      expect(await page.locator("#preview h2").first().textContent()).toContain(
        "would change tier",
      );

      await goto("/dashboard/alerts/rules/sudden-drop");
      await page.getByRole("button", { name: "Try it on history" }).click();
      expect(await page.locator("#dry-run h2").textContent()).toMatch(/in the past|told nobody/);

      await goto("/dashboard/alerts");
      await page.locator(".inbox-item .title").first().click();
      await page.getByRole("button", { name: "Acknowledge" }).click();
      expect(await page.locator("[role=status]").textContent()).toContain("Acknowledged");
    });
  });
}
