import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DashboardBrowser, findBarriers, openDashboard } from "./dashboard-browser.ts";

let dashboard: DashboardBrowser;
let page: Page;

beforeAll(async () => {
  dashboard = await openDashboard("empty");
  ({ page } = dashboard);
});

afterAll(async () => {
  await dashboard?.close();
});

const EMPTY_PAGES = [
  "",
  "/alerts",
  "/alerts/rules",
  "/alerts/rules/sudden-drop?try=1",
  "/alerts/playbooks",
  "/alerts/playbooks/adoption_gap",
  "/alerts/noise",
  "/review",
  "/features",
  "/features/roadmap",
  "/surveys",
  "/surveys/new?audience=1",
  "/model",
  "/model/edit?preview=1",
  "/model/scenario",
  "/model/report",
  "/data",
  "/data/install",
  "/data/live",
  "/data/rejected",
  "/data/webhooks",
];

/** Answers that say no, and their status. */
const REFUSALS: [path: string, status: number, says: string][] = [
  ["/nowhere", 404, "There is no such page on the dashboard."],
  ["/accounts/nobody", 404, "There is no such account in this project."],
  ["?sort=luck", 400, "The address has a value that does not exist"],
  ["/alerts/rules/new?kind=drop&try=1&trigger-points=900&trigger-days=7", 400, "at most 100"],
];

/** In both themes; the second looks only at what a theme changes. */
async function findThemedBarriers(): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await findBarriers(page);
  await page.emulateMedia({ colorScheme: "dark" });
  return [...light, ...(await findBarriers(page, ["color-contrast", "link-in-text-block"]))];
}

describe("an empty dashboard", () => {
  it("says on every page what to do first, without a barrier", async () => {
    for (const path of EMPTY_PAGES) {
      await dashboard.goto(`/dashboard${path}`);
      expect(await page.locator("h1").count(), path).toBe(1);
      expect(await findThemedBarriers(), path).toEqual([]);
    }
    await dashboard.goto("/dashboard");
    await page.getByRole("link", { name: "Install and watch" }).click();
    expect(await page.locator("#snippet").textContent()).toContain("telltale.js");
    expect(await page.locator("#csp").textContent()).toContain("connect-src");
  });

  it("notices the first event by itself", async () => {
    await dashboard.goto("/dashboard/data/install");
    expect(await page.locator("[data-live]").textContent()).toContain("not seen yet");
    await dashboard.rest("POST", "/v1/batch", {
      batch: [
        {
          type: "track",
          event: "Feature Used",
          userId: "u1",
          context: { groupId: "first-account" },
          properties: { feature: "export" },
        },
      ],
    });
    await page.getByText("so they count towards its score").waitFor();
  });
});

describe("a refusal", () => {
  it("says what is wrong, and where to go on, without a barrier", async () => {
    for (const [path, status, says] of REFUSALS) {
      const answer = await page.goto(`${dashboard.collector.url}/dashboard${path}`);
      expect(answer?.status(), path).toBe(status);
      expect(await page.locator("main").textContent(), path).toContain(says);
      expect(await page.locator("a[href='/dashboard']").count(), path).toBeGreaterThan(0);
      expect(await findThemedBarriers(), path).toEqual([]);
    }
  });

  it("leads from a refused form to the field", async () => {
    await dashboard.goto("/dashboard/alerts/rules/new?kind=drop&try=1&trigger-points=900");
    // A browser minds autofocus with its first frame.
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("faults");
    await page.getByRole("link", { name: "“Falls by” must be at most 100." }).click();
    expect(await page.evaluate("document.activeElement.id")).toBe("trigger-points");
    expect(await page.locator("#trigger-points").getAttribute("aria-invalid")).toBe("true");
  });

  it("of a session that is over leads to the page that was asked for", async () => {
    const context = await dashboard.context.browser()?.newContext();
    const visitor = await context?.newPage();
    if (!context || !visitor) throw new Error("the browser is gone");
    await visitor.goto(`${dashboard.collector.url}/dashboard/alerts`);
    expect(visitor.url()).toContain("/dashboard/sign-in?next=%2Fdashboard%2Falerts");
    expect(await findBarriers(visitor)).toEqual([]);
    await visitor.goto(`${dashboard.collector.url}/dashboard/sign-in?token=spent`);
    expect(await visitor.locator("h1").textContent()).toBe("This link was used already");
    expect(await findBarriers(visitor)).toEqual([]);
    await context.close();
  });
});
