import { describe, expect, it } from "vitest";
import { type DashboardBrowser, forgetRefusals, send, until } from "../dashboard-browser.ts";

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
      const phone = page.frameLocator("iframe[title*=phone]");
      await phone.getByText(asked).first().waitFor();
      // Its coming would be heard in the midst of the form.
      expect(await phone.locator("[role=status]").getAttribute("aria-live")).toBe("off");
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

    it("records by hand what somebody said in a call, and sees who asks for it", async () => {
      const dashboard = open();
      const { page } = dashboard;
      await dashboard.goto("/dashboard/features/roadmap");
      await page.getByRole("link", { name: "Record a request" }).click();
      await page.getByLabel("Account", { exact: true }).fill("No such account");
      await page.getByLabel("What they asked for").fill("An audit log, for their security team.");
      await page.getByLabel("Tags, with commas").fill("Audit log, security");
      await page.getByRole("button", { name: "Record it", exact: true }).click();
      expect(await page.locator("#accountId-fault").textContent()).toContain(
        "not known by this id",
      );
      forgetRefusals(dashboard);
      await page.getByLabel("Account", { exact: true }).fill("northwind-studio");
      await page.getByRole("button", { name: "Record it", exact: true }).click();
      await page.getByRole("link", { name: "audit log" }).click();
      const askers = page.getByRole("group", { name: "Accounts that ask for audit log" });
      expect(await askers.locator("tbody tr").count()).toBe(1);
    });

    it("branches, translates and targets without a script", async () => {
      const dashboard = open();
      const plain = await dashboard.context.browser()?.newContext({ javaScriptEnabled: false });
      if (!plain) throw new Error("no browser");
      await plain.addCookies(await dashboard.context.cookies());
      const page = await plain.newPage();
      await page.goto(`${dashboard.collector.url}/dashboard/surveys/new`);
      await page.getByLabel("Name, for your colleagues").fill("Branches");
      await page.getByText("Go elsewhere by the answer").first().click();
      await page.getByLabel("Answer 1-1", { exact: true }).fill("8");
      await page.getByLabel("How answer 1-1 is compared").selectOption("at_least");
      await page.getByLabel("Where answer 1-1 leads").selectOption("thanks");
      await page.getByText("Then ask something more").click();
      await page.locator("#kind-2").selectOption("choice");
      await page.locator("#options-2").fill("Price\nSpeed # performance");
      await page.getByLabel("Thanks (optional)").fill("Thank you!");
      await page.getByLabel("Further languages").fill("de");
      await page.getByRole("button", { name: "Show the form again" }).click();
      await page.locator("#text-de-1-prompt").fill("Würden Sie uns empfehlen?");
      await page.getByRole("button", { name: "Create as a draft" }).click();
      const { data } = await dashboard.rest<{ data: { key: string; definition: object }[] }>(
        "GET",
        "/v1/surveys?limit=1",
      );
      expect(data[0]?.definition).toMatchObject({
        steps: [
          { branches: [{ when: { operator: "at_least", value: 8 }, goTo: "thanks" }] },
          { kind: "choice", options: [{ value: "price" }, { value: "speed", tag: "performance" }] },
          { prompt: "Thank you!" },
        ],
        translations: { de: { nps: { prompt: "Würden Sie uns empfehlen?" } } },
      });
      await plain.close();
    });
  });
}
