import { describe, expect, it } from "vitest";
import type { DashboardBrowser } from "../dashboard-browser.ts";

/** What somebody does who keeps the alerts useful. */
export function alertKeeperJobs(open: () => DashboardBrowser): void {
  describe("who keeps the alerts useful", () => {
    it("tries a rule on history and turns it on", async () => {
      const dashboard = open();
      const { page } = dashboard;
      await dashboard.goto("/dashboard/alerts/rules");
      await page.getByRole("link", { name: "Fell 15 points in 7 days" }).click();
      await page.getByLabel("Falls by").fill("10");
      expect(await page.getByRole("button", { name: "Save and turn on" }).count()).toBe(0);
      await page.getByRole("button", { name: "Try it on history" }).click();
      const run = page.locator("#dry-run");
      expect(await run.locator("h2").textContent()).toMatch(/^\d+ alerts in the past$/);
      expect(await run.locator("tbody tr").count()).toBeGreaterThan(0);
      await page.getByRole("button", { name: "Save and turn on" }).click();
      expect(await page.locator(".head .status-line").textContent()).toBe("On");
      expect(await page.inputValue("#trigger-points")).toBe("10");
      await page.getByRole("button", { name: "Turn off" }).click();
      expect(await page.locator(".head .status-line").textContent()).toContain("Off");
    });

    it("writes a playbook and sees it filled for a real account while typing", async () => {
      const dashboard = open();
      const { page } = dashboard;
      await dashboard.goto("/dashboard/alerts/playbooks/adoption_gap");
      await page.getByLabel("Steps").fill("Call the champion\nShow them the export");
      await page.getByLabel("A message to start from").fill("{{ accountName }} needs us.");
      const account = await page.locator("#account option:checked").textContent();
      await page.locator("#preview pre", { hasText: `${account} needs us.` }).waitFor();
      expect(await page.locator("#preview .steps li").count()).toBe(2);
    });
  });
}
