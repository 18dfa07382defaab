import { describe, expect, it } from "vitest";
import type { DashboardBrowser } from "../dashboard-browser.ts";
import { findDashboardPaths } from "../dashboard-paths.ts";
import { walkByKeyboard } from "../keyboard-walk.ts";

/** What people do who use no pointer. */
export function byKeyboard(open: () => DashboardBrowser): void {
  describe("by keyboard", { timeout: 300_000 }, () => {
    it("every page is walked through, with the focus in view, seen, and never caught", async () => {
      const { page, database, goto } = open();
      const paths = await findDashboardPaths(database.sql);
      const faults: string[] = [];
      let stops = 0;
      for (const path of paths) {
        await goto(path);
        const walk = await walkByKeyboard(page);
        stops += walk.stops;
        faults.push(...walk.faults.map((fault) => `${path} ${fault}`));
      }
      expect(faults).toEqual([]);
      // The walk would be clean as well if there were nothing to walk to.
      expect(stops).toBeGreaterThan(15 * paths.length);
    });

    it("the walk notices what takes no focus, what hides it and what is out of turn", async () => {
      const { context } = open();
      const page = await context.newPage();
      await page.setContent(`<a href="#a">good</a><a href="#b" style="outline: none">hidden</a>
        <button id="early" tabindex="2">early</button><button id="good">good</button>`);
      const { stops, faults } = await walkByKeyboard(page);
      expect(stops).toBe(4);
      expect(faults.join()).toContain("A hidden");
      expect(faults.join()).toContain("not reached");
      await page.close();
    });

    it("a filter waits for its button while the arrows choose", async () => {
      const { page, goto } = open();
      await goto("/dashboard/alerts");
      const address = page.url();
      await page.getByLabel("Level").press("ArrowDown");
      expect(await page.getByLabel("Level").inputValue()).not.toBe("");
      expect(page.url()).toBe(address);
      await page.getByRole("button", { name: "Filter" }).press("Enter");
      await page.waitForURL(/level=\w/);
    });

    it("a slider moves with its number and its preview", async () => {
      const { page, goto } = open();
      await goto("/dashboard/model/scenario");
      await page.getByText("Nothing is assumed yet").waitFor();
      await page.locator("input[type=range][data-pair=signal-active_days]").focus();
      for (let press = 0; press < 40; press += 1) await page.keyboard.press("ArrowLeft");
      expect(Number(await page.inputValue("#signal-active_days"))).toBeLessThan(-10);
      await page.getByText(/accounts? would change tier/).waitFor();
    });
  });

  describe("the menu on a phone", () => {
    it("begins with the part that is open", async () => {
      const { page, goto } = open();
      await page.setViewportSize({ width: 390, height: 844 });
      await goto("/dashboard/people/audit");
      const box = await page.locator(".nav [aria-current]").boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
      await page.setViewportSize({ width: 1_280, height: 900 });
    });
  });
}
