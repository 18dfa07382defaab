import { describe, expect, it } from "vitest";
import { context, shareStage, stage } from "./share-stage.ts";

shareStage();

describe("prompts", () => {
  const survey = {
    wake: [{ event: "Task Completed", path: "/a" }],
    surveys: [],
    hasFeedback: true,
  };

  it("loads no byte of the widget before an event wakes it, also one before it knew", async () => {
    stage.reset({}, survey);
    const requested: string[] = [];
    context.on("request", (request) => requested.push(new URL(request.url()).pathname));
    const page = await stage.open(context, "/a");
    await page.evaluate(() => window.telltale.track("Clicked"));
    await page.waitForTimeout(1_500);
    expect(requested).not.toContain("/telltale-widget.js");
    await page.evaluate(() => window.telltale.task("import").complete());
    await page.waitForFunction(() => window.asked?.length);
    await page.evaluate(() => window.telltale.feedback());
    await page.waitForFunction(() => window.asked.length === 2);
    expect(await page.evaluate(() => window.asked)).toEqual(["notify Task Completed", "feedback"]);
    await page.evaluate(() => window.telltale.reset());
    await page.waitForFunction(() => window.asked.length === 3);
  });

  it("wakes the widget for an event from before the SDK had arrived", async () => {
    stage.reset(
      {
        head: `<script>(window.telltale = window.telltale || []).push(["track", "Task Completed"], (client) => client.survey("csat"))</script>`,
      },
      survey,
    );
    const page = await stage.open(context, "/a");
    await page.waitForFunction(() => window.asked?.length === 2);
    expect((await page.evaluate(() => window.asked)).toSorted()).toEqual([
      "notify Task Completed",
      "survey csat",
    ]);
  });

  it("offers feedback by a button, and says why a prompt did or did not show", async () => {
    stage.reset({ attributes: 'data-feedback-button="Feedback"' }, survey);
    stage.files.set(
      "/telltale-widget-feedback-button.js",
      `export const showFeedbackButton = (label, onPressed) => {
        const button = Object.assign(document.createElement("button"), { textContent: label, onclick: onPressed });
        document.body.append(button);
        return () => button.remove();
      };`,
    );
    const page = await stage.open(context, "/a");
    expect(await page.evaluate(() => window.telltale.debug.prompts())).toEqual([]);
    const button = page.getByRole("button", { name: "Feedback" });
    await button.click();
    await page.waitForFunction(() => window.asked?.includes("feedback"));
    // The next person is offered one as well.
    await page.evaluate(() => window.telltale.reset());
    await page.waitForFunction(() => window.asked?.includes("stop"));
    await button.click();
    await page.waitForFunction(() => window.asked?.includes("feedback"));
    await page.evaluate(() => window.telltale.consent("denied"));
    await button.waitFor({ state: "detached" });
    stage.files.delete("/telltale-widget-feedback-button.js");
  });

  it("hands the surveys to an own UI in place of the widget", async () => {
    stage.reset(
      {
        head: `<script>
          (window.telltale = window.telltale || []).options = {
            startPrompts: (bridge) => {
              window.asked = [bridge.who().userId];
              const decisions = () => [{ at: 1, survey: "csat", decision: "shown" }];
              return { notify: (event) => asked.push(event), survey() {}, feedback() {}, stop() {}, decisions };
            },
          };
        </script>`,
        attributes: 'data-user-id="u1"',
      },
      survey,
    );
    const page = await stage.open(context, "/a");
    await page.evaluate(() => window.telltale.task("import").complete());
    await page.waitForFunction(() => window.asked?.length === 2);
    expect(await page.evaluate(() => window.asked)).toEqual(["u1", "Task Completed"]);
    expect(await page.evaluate(() => window.telltale.debug.prompts())).toMatchObject([
      { survey: "csat", decision: "shown" },
    ]);
  });

  it("goes without when switched off", async () => {
    stage.reset({ attributes: 'data-prompts="off"' }, survey);
    const page = await stage.open(context, "/a");
    await page.evaluate(() => window.telltale.task("import").complete());
    await page.waitForTimeout(1_500);
    expect(stage.arrivals().filter(({ path }) => path === "/v1/config")).toEqual([]);
  });
});
