import { describe, expect, it } from "vitest";
import { type DashboardBrowser, send, until } from "../dashboard-browser.ts";

/** What a developer does. */
export function developerJobs(open: () => DashboardBrowser): void {
  describe("a developer", () => {
    it("finds why an event was rejected, and replays it in vain", async () => {
      const dashboard = open();
      const { page } = dashboard;
      await send(dashboard, "/v1/batch", {
        batch: [
          {
            type: "track",
            event: "Export",
            messageId: "late-1",
            userId: "u",
            timestamp: "yesterday",
          },
        ],
      });
      await until("the rejected message on the page", async () => {
        await dashboard.goto("/dashboard/data");
        return (await page.getByRole("link", { name: "The time makes no sense" }).count()) > 0;
      });
      await page.getByRole("link", { name: "The time makes no sense" }).click();
      const item = page.locator("li", { hasText: "late-1" });
      expect(await item.locator("p").textContent()).toContain("must be ISO 8601");
      await item.getByText("The message as it came").click();
      expect(await item.locator("pre").textContent()).toContain('"timestamp":"yesterday"');
      await item.getByRole("button", { name: "Replay" }).click();
      expect(await page.locator("[role=status]").textContent()).toContain("Still rejected");
    });
  });
}
