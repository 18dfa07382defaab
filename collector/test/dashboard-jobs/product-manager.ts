import { describe, expect, it } from "vitest";
import { type DashboardBrowser, until } from "../dashboard-browser.ts";

/** What a product manager does. */
export function productManagerJobs(open: () => DashboardBrowser): void {
  describe("a product manager", () => {
    it("asks what if, and sees the answer while moving", async () => {
      const dashboard = open();
      const { page } = dashboard;
      await dashboard.goto("/dashboard/model/scenario");
      await page.getByText("Nothing is assumed yet").waitFor();
      await page.locator("#signal-active_days").fill("-50");
      await page.getByText(/accounts? would change tier/).waitFor();
      await dashboard.goto("/dashboard/accounts/northwind-studio");
      await page.getByRole("link", { name: "What if?" }).click();
      const before = await page.locator("#preview h2").textContent();
      await page.locator("#signal-velocity").fill("40");
      await until("another score", async () => {
        const shown = await page.locator("#preview h2").textContent();
        return shown !== before && /^\d+ → \d+$/.test(shown ?? "");
      });
    });

    it("publishes a recalibrated model after a backtest", async () => {
      const dashboard = open();
      const { page } = dashboard;
      await dashboard.goto("/dashboard/model/edit");
      await page.getByLabel("Usage trend", { exact: true }).fill("5");
      await page.getByText("would change tier").first().waitFor();
      await page.getByLabel("Why these weights?").fill("The trend alone cried wolf in spring.");
      await page.getByRole("button", { name: "Save as a draft" }).click();
      const version = await page.locator("h1").textContent();
      expect(await page.locator("main").textContent()).toContain("/components/usage_trend/weight");
      expect(await page.getByRole("button", { name: "Publish" }).count()).toBe(0);

      await page.getByRole("button", { name: "Backtest" }).click();
      await page.getByRole("heading", { name: "Publish" }).waitFor();
      await page.getByRole("button", { name: "Publish" }).click();
      expect(await page.locator("[role=status]").textContent()).toContain("Published");
      const current = page.locator(".list li", { hasText: "In force" });
      expect(await current.textContent()).toContain(version);
      expect(await current.textContent()).toContain("cried wolf");
    });
  });
}
