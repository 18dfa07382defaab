import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type DashboardBrowser,
  findBarriers,
  openDashboard,
  until,
  WRITE_KEY,
} from "./dashboard-browser.ts";

let dashboard: DashboardBrowser;
let page: Page;

beforeAll(async () => {
  dashboard = await openDashboard("demo");
  ({ page } = dashboard);
  await until("the simulated book to be stored and scored", async () => {
    const rows = await dashboard.database.sql`
      SELECT 1 FROM projects WHERE settings ->> 'isDemoStored' = 'true'`;
    return rows.length > 0;
  });
});

afterAll(async () => {
  await dashboard?.close();
});

const send = (path: string, body: object) =>
  fetch(`${dashboard.collector.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: dashboard.collector.url },
    body: JSON.stringify({ writeKey: WRITE_KEY, ...body }),
  });

describe("a CS lead on Monday", () => {
  it("finds the account that fell most this week, and why", async () => {
    const fell = page.locator("section", { has: page.getByRole("heading", { name: "Fell most" }) });
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
    const shown = Number.parseInt((await page.locator(".score-head .big").textContent()) ?? "", 10);
    expect(Math.abs(shown - score)).toBeLessThanOrEqual(0.55);

    // The form proposes the last week.
    await page.getByRole("button", { name: "Explain" }).click();
    expect(await page.locator("#change .waterfall tbody tr").count()).toBeGreaterThan(2);
  });

  it("acknowledges and resolves its alert", async () => {
    await dashboard.goto("/dashboard/alerts");
    const item = page.locator(".inbox-item").first();
    const name = await item.locator(".title").textContent();
    await item.locator(".title").click();
    await page.getByRole("button", { name: "Acknowledge" }).click();
    expect(await page.locator("[role=status]").textContent()).toContain("Acknowledged");

    await page.getByRole("checkbox").first().check();
    await page.getByRole("button", { name: "Save progress" }).click();
    expect(await page.getByRole("checkbox").first().isChecked()).toBe(true);

    await page.getByLabel("Resolve with").selectOption({ label: "We talked to them" });
    await page.getByLabel("Note").fill("They lost their champion; a new one starts in July.");
    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    expect(await page.locator("[role=status]").textContent()).toContain("Resolved");

    await dashboard.goto("/dashboard/alerts?status=resolved");
    expect(await page.locator(".inbox-item .title").allTextContents()).toContain(name);
    await dashboard.goto("/dashboard/people/audit");
    const log = await page.locator("tbody").textContent();
    expect(log).toContain("alert.acknowledged");
    expect(log).toContain("alert.resolved");
  });
});

describe("who keeps the alerts useful", () => {
  it("tries a rule on history and turns it on", async () => {
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
    await dashboard.goto("/dashboard/alerts/playbooks/adoption_gap");
    await page.getByLabel("Steps").fill("Call the champion\nShow them the export");
    await page.getByLabel("A message to start from").fill("{{ accountName }} needs us.");
    const account = await page.locator("#account option:checked").textContent();
    await page.locator("#preview pre", { hasText: `${account} needs us.` }).waitFor();
    expect(await page.locator("#preview .steps li").count()).toBe(2);
  });
});

describe("a product manager", () => {
  it("asks what if, and sees the answer while moving", async () => {
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

  it("makes an NPS survey and sees its first answer", async () => {
    await dashboard.goto("/dashboard/surveys");
    await page.getByRole("link", { name: "New survey" }).click();
    await page.getByLabel("Name, for your colleagues").fill("Would they recommend us?");
    const asked = "Would you tell a colleague about us?";
    await page.getByLabel("Question", { exact: true }).first().fill(asked);
    // The real widget, in a frame of the form's page.
    await page.frameLocator("iframe[title*=phone]").getByText(asked).first().waitFor();
    await page.getByLabel("Ask when").selectOption("manual");
    await page.getByRole("button", { name: "Create as a draft" }).click();
    await page.getByRole("button", { name: "Start asking" }).click();
    await page.getByText("Waiting for the first answer").waitFor();

    const who = { anonymousId: "visitor-1", userId: "someone-new", accountId: "northwind-studio" };
    const claim = await send("/v1/prompts/claim", {
      ...who,
      surveyKey: "would-they-recommend-us",
      sessionId: "session-1",
      isRequested: true,
    });
    const granted = (await claim.json()) as { impressionId: string; survey: { id: string } };
    const properties = { survey_id: granted.survey.id, impression_id: granted.impressionId };
    const event = (name: string, more: object = {}) => ({
      type: "track",
      event: name,
      messageId: `${name}-1`,
      userId: who.userId,
      anonymousId: who.anonymousId,
      context: { groupId: who.accountId },
      properties: { ...properties, ...more },
    });
    const answered = await send("/v1/batch", {
      batch: [
        event("Survey Shown"),
        event("Survey Answered", { question_id: "nps", value: 9, is_final: true }),
      ],
    });
    expect(await answered.json()).toMatchObject({ accepted: 2, rejected: [] });

    await until("the answer on the page", async () => {
      await page.reload();
      return (await page.getByText("1 answer", { exact: true }).count()) > 0;
    });
    expect(await page.locator(".figure").first().textContent()).toBe("100");

    await page.getByRole("link", { name: "Change it" }).click();
    await page.getByLabel("Question", { exact: true }).first().fill("Would you tell a friend?");
    await page.getByRole("button", { name: "Publish as version 2" }).click();
    await page.getByText("Reworded: a change may come from the words").waitFor();
  });

  it("tags what an account asks for, for the roadmap", async () => {
    const answer = await dashboard.rest<{ accepted: number }>("POST", "/v1/requests", {
      requests: [{ accountId: "northwind-studio", text: "We need single sign-on." }],
    });
    expect(answer.accepted).toBe(1);
    await dashboard.goto("/dashboard/features/roadmap?whose=all");
    const item = page.locator("li", { hasText: "We need single sign-on." });
    await item.getByLabel("Tags of what").fill("SSO");
    await item.getByRole("button", { name: "Tag" }).click();
    await page.getByRole("rowheader", { name: "sso" }).waitFor();
  });
});

describe("a developer", () => {
  it("finds why an event was rejected, and replays it in vain", async () => {
    await send("/v1/batch", {
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
      return (await page.getByRole("link", { name: "invalid_timestamp" }).count()) > 0;
    });
    await page.getByRole("link", { name: "invalid_timestamp" }).click();
    const item = page.locator("li", { hasText: "late-1" });
    expect(await item.locator("p").textContent()).toContain("must be ISO 8601");
    await item.getByText("The message as it came").click();
    expect(await item.locator("pre").textContent()).toContain('"timestamp":"yesterday"');
    await item.getByRole("button", { name: "Replay" }).click();
    expect(await page.locator("[role=status]").textContent()).toContain("Still rejected");
  });
});

describe("every page", { timeout: 180_000 }, () => {
  it("has no barrier that axe knows, in light and dark, and fits a phone", async () => {
    const [alert] = await dashboard.database.sql<{ id: string }[]>`SELECT id FROM alerts LIMIT 1`;
    const [survey] = await dashboard.database.sql<{ id: string }[]>`SELECT id FROM surveys LIMIT 1`;
    const [endpoint] = await dashboard.database.sql<{ id: string }[]>`
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
      await dashboard.goto(path);
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
    expect(dashboard.faults).toEqual([]);
  });
});
