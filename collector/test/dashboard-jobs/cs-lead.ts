import { describe, expect, it } from "vitest";
import { type DashboardBrowser, until } from "../dashboard-browser.ts";

/** What a CS lead does on Monday. */
export function csLeadJobs(open: () => DashboardBrowser): void {
  describe("a CS lead on Monday", () => {
    it("finds the account that fell most this week, and why", async () => {
      const dashboard = open();
      const { page } = dashboard;
      const fell = page.locator("section", {
        has: page.getByRole("heading", { name: "Fell most" }),
      });
      const first = fell.locator("li").first();
      await until("the accounts that fell", async () => {
        await dashboard.goto("/dashboard");
        return (await first.count()) > 0;
      });
      const reason = await first.locator("p").textContent();
      expect(reason).toMatch(/points: .+ now, .+ a week ago/);
      const name = await first.locator("a").textContent();
      await first.locator("a").click();
      expect(await page.locator("h1").textContent()).toBe(name);

      // The drivers start at the typical account and add up to the score.
      const points = await page.locator(".waterfall tbody .number-cell").allTextContents();
      const numbers = points.map((text) => Number(text.replace("−", "-").replace("+", "")));
      const score = numbers.at(-1) ?? Number.NaN;
      const sum = numbers.slice(0, -1).reduce((total, one) => total + one, 0);
      expect(Math.abs(sum - score)).toBeLessThanOrEqual(0.05 * numbers.length);
      const shown = Number.parseInt(
        (await page.locator(".score-head .big").textContent()) ?? "",
        10,
      );
      expect(Math.abs(shown - score)).toBeLessThanOrEqual(0.55);

      // The form proposes the last week.
      await page.getByRole("button", { name: "Explain" }).click();
      await expect
        .poll(() => page.locator("#change .waterfall tbody tr").count())
        .toBeGreaterThan(2);

      // A closer look at the history keeps the explanation.
      const begin = async () =>
        (await page.locator("#history .x-axis span").first().textContent()) ?? "";
      const half = await begin();
      await page.getByRole("link", { name: "30 days" }).click();
      await expect.poll(begin).not.toBe(half);
      expect(await page.locator("#history header p").textContent()).toMatch(/^3[01] days/);
      await expect
        .poll(() => page.locator("#change .waterfall tbody tr").count())
        .toBeGreaterThan(2);

      // So does another question keep the closer look.
      const month = await begin();
      await page.getByRole("button", { name: "Explain" }).click();
      expect(await begin()).toBe(month);
    });

    it("acknowledges and resolves its alert", async () => {
      const dashboard = open();
      const { page } = dashboard;
      await dashboard.goto("/dashboard/alerts");
      const item = page.locator(".inbox-item").first();
      const name = await item.locator(".title").textContent();
      await item.locator(".title").click();
      await page.getByRole("button", { name: "Acknowledge" }).click();
      // With the focus, because a status that a page begins with is passed over by screen readers.
      expect(await page.locator(":focus [role=status]").textContent()).toContain("Acknowledged");

      await page.getByRole("checkbox").first().check();
      await page.getByRole("button", { name: "Save progress" }).click();
      expect(await page.getByRole("checkbox").first().isChecked()).toBe(true);

      await page.getByLabel("Resolve with").selectOption({ label: "We talked to them" });
      await page.getByLabel("Note").fill("They lost their champion; a new one starts in July.");
      await page.getByRole("button", { name: "Resolve", exact: true }).click();
      expect(await page.locator(":focus [role=status]").textContent()).toContain("Resolved");

      await dashboard.goto("/dashboard/alerts?status=resolved");
      expect(await page.locator(".inbox-item .title").allTextContents()).toContain(name);
      await dashboard.goto("/dashboard/people/audit");
      const log = await page.locator("tbody").textContent();
      expect(log).toContain("alert.acknowledged");
      expect(log).toContain("alert.resolved");
    });
  });
}
