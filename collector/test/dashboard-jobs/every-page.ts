import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { type DashboardBrowser, findBarriers, shortenLists } from "../dashboard-browser.ts";
import { findDashboardPaths } from "../dashboard-paths.ts";

/** A phone, and a screen of 1,280 px at 200 % and at 400 %. */
const WIDTHS = [390, 640, 320];

/** What depends on the theme; the rest is the same in both. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** What holds on every page. */
export function everyPage(open: () => DashboardBrowser): void {
  describe("every page", { timeout: 240_000 }, () => {
    it("has no barrier that axe knows, in light and dark, and fits a phone and 400 % zoom", async () => {
      const { page, database, faults, goto } = open();
      const barriers: string[] = [];
      for (const path of await findDashboardPaths(database.sql)) {
        await goto(path);
        await shortenLists(page);
        await page.emulateMedia({ colorScheme: "light" });
        barriers.push(...(await findBarriers(page)).map((found) => `light ${path} ${found}`));
        barriers.push(...(await findMisheard(page)).map((one) => `${path} ${one}`));
        await page.emulateMedia({ colorScheme: "dark" });
        const colours = await findBarriers(page, COLOUR_RULES);
        barriers.push(...colours.map((found) => `dark ${path} ${found}`));
        for (const width of WIDTHS) {
          await page.setViewportSize({ width, height: 844 });
          const excess = await page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth",
          );
          if (excess !== 0) barriers.push(`${path} is ${excess} px too wide for ${width}`);
          barriers.push(...(await findDeafScrollers(page)).map((one) => `${path} ${width} ${one}`));
        }
        await page.setViewportSize({ width: 1_280, height: 900 });
      }
      await page.emulateMedia({ colorScheme: "light" });
      expect(barriers).toEqual([]);
      expect(faults).toEqual([]);
    });
  });
}

/**
 * What axe passes and a screen reader gets wrong: hints that no field points to, and parts of a chart that
 * Firefox reads out one by one although the chart is an image with a name.
 */
const findMisheard = (page: Page): Promise<string[]> =>
  page.evaluate(`[
    ...[...document.querySelectorAll(".field > .hint")]
      .filter(({ id }) => !document.querySelector("[aria-describedby~='" + (id || "none") + "']"))
      .map((hint) => hint.textContent + " belongs to no field"),
    ...[...document.querySelectorAll("svg[role=img] :is(title, text)")]
      .filter((part) => part.parentNode.getAttribute("role") !== "img" && !part.closest("[aria-hidden=true]"))
      .map((part) => part.textContent + " is read beside its chart"),
  ]`);

/** What scrolls sideways without being reached by the keyboard. */
const findDeafScrollers = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("main *, header *")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .filter((one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
    .filter((one) => !one.matches("textarea, input, select, iframe"))
    .filter((one) => one.tabIndex < 0 && !one.querySelector("a[href], button, input"))
    .map((one) => one.tagName + "." + one.className + " scrolls without the keyboard")`);
