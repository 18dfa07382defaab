import { describe, expect, it } from "vitest";
import {
  type DashboardBrowser,
  findBarriers,
  forgetRefusals,
  send,
  until,
} from "../dashboard-browser.ts";

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

    it("replays all of a reason, and is told what became of them", async () => {
      const dashboard = open();
      const { page, database } = dashboard;
      const batch = ["r-1", "r-2"].map((messageId) => ({
        type: "track",
        event: "Export",
        messageId,
        userId: "u",
        timestamp: "soon",
      }));
      await send(dashboard, "/v1/batch", { batch });
      // As if the collector had learned since to read what one of them says.
      await database.sql`
        UPDATE rejected_messages SET payload = replace(payload, '"soon"', '"2026-06-01T10:00:00Z"')
        WHERE message_id = 'r-1'`;
      await dashboard.goto("/dashboard/data/rejected?code=invalid_timestamp");
      // What is read on the label is part of its name.
      const choice = page.locator("label", { hasText: "in message r-2" });
      const words = (await choice.locator("strong").textContent()) ?? "";
      expect(await page.getByRole("checkbox", { name: `${words} in message r-2` }).count()).toBe(1);
      await page.getByRole("button", { name: /^Replay all \d+ of this reason$/ }).click();
      const said = await page.locator("[role=status]").textContent();
      expect(said).toContain("1 message stored");
      expect(said).toContain("Still rejected");
      await page.getByRole("button", { name: "Replay the chosen" }).click();
      expect(await page.locator("#faults").textContent()).toContain("Choose at least one");
      forgetRefusals(dashboard);
    });

    it("sees events come above the rows that stay, until it pauses", async () => {
      const dashboard = open();
      const { page } = dashboard;
      await dashboard.goto("/dashboard/data/live");
      await page.evaluate("window.stays = document.querySelector('tr[data-id]')");
      await send(dashboard, "/v1/track", { event: "Seen Live", userId: "u" });
      await until("the event", async () => (await page.getByText("Seen Live").count()) === 1);
      const above = await page.evaluate("window.stays.previousElementSibling?.textContent");
      expect(above).toContain("Seen Live");
      const pause = page.getByRole("button", { name: "Pause" });
      await pause.click();
      expect(await pause.getAttribute("aria-pressed")).toBe("true");
    });

    it("adds an endpoint for the tiers that matter, corrects it, and sends a sample", async () => {
      const dashboard = open();
      const { page, database } = dashboard;
      // The demo's own receiver: nothing leaves this machine.
      const [known] = await database.sql<
        { url: string }[]
      >`SELECT url FROM webhook_endpoints LIMIT 1`;
      const url = `${known?.url}?second`;
      await dashboard.goto("/dashboard/data/webhooks");
      await page.getByLabel("URL", { exact: true }).fill("http://127.0.0.1:9/in");
      await page.getByRole("checkbox", { name: "Critical" }).check();
      await page.getByRole("button", { name: "Create endpoint" }).click();
      // The summary takes the focus and leads to the field, whose words are still there.
      await page.locator("#faults:focus").getByRole("link").click();
      expect(await page.locator("#url:focus").inputValue()).toBe("http://127.0.0.1:9/in");
      expect(await page.getByRole("checkbox", { name: "Critical" }).isChecked()).toBe(true);
      expect(await findBarriers(page)).toEqual([]);
      forgetRefusals(dashboard);
      await page.locator("#url").fill(url);
      await page.getByRole("button", { name: "Create endpoint" }).click();
      expect(await page.locator("#made-secret").textContent()).toMatch(/^whsec_/);

      await page.getByRole("link", { name: url }).click();
      await page.getByRole("button", { name: "Disable" }).click();
      await page.getByLabel("Messages a second").fill("2.5");
      await page.getByRole("button", { name: "Save" }).click();
      expect(await page.getByLabel("Messages a second").inputValue()).toBe("2.5");
      await page.getByLabel("Message", { exact: true }).selectOption("alert.opened");
      await page.getByRole("button", { name: "Show it" }).click();
      await page.getByText("What is sent").click();
      expect(await page.locator("#test pre").textContent()).toContain('"isTest":true');
      await page.getByText("Delete this endpoint").click();
      await page.getByRole("button", { name: "Delete for good" }).click();
      await dashboard.goto("/dashboard/people/audit");
      const line = page.locator("tr", { hasText: "endpoint.changed" }).first();
      await line.locator("summary").click();
      expect(await line.locator("ins").textContent()).toBe("2.5");
    });
  });
}
