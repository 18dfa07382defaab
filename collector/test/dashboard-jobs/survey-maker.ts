import { describe, expect, it } from "vitest";
import { type DashboardBrowser, send, until } from "../dashboard-browser.ts";

/** What somebody does who asks people. */
export function surveyJobs(open: () => DashboardBrowser): void {
  describe("who asks people", () => {
    it("makes an NPS survey and sees its first answer", async () => {
      const dashboard = open();
      const { page } = dashboard;
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

      const who = {
        anonymousId: "visitor-1",
        userId: "someone-new",
        accountId: "northwind-studio",
      };
      const claim = await send(dashboard, "/v1/prompts/claim", {
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
      const answered = await send(dashboard, "/v1/batch", {
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
      const dashboard = open();
      const { page } = dashboard;
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
}
