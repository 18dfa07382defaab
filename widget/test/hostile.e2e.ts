import { describe, expect, it } from "vitest";
import { csatSteps, surveyOf, taskRule, watching } from "../src/testing/fixtures.ts";
import { useStage } from "./stage.ts";

const HOSTILE_CSS = `
  *, *::before, *::after { all: unset !important; }
  html { font-size: 40px !important; line-height: 4 !important; letter-spacing: 1em !important; }
  body > * { display: none !important; opacity: 0.1 !important; transform: rotate(9deg) !important; }
  telltale-prompt { position: static !important; visibility: hidden !important; filter: blur(9px) !important; z-index: -1 !important; }
  button, p, section, svg { color: red !important; width: 3px !important; }
`;

const stage = useStage();

const survey = surveyOf(csatSteps);
const still = { reducedMotion: "reduce" } as const;
const prompt = "telltale-prompt .box";

/** Share of the pixels that differ visibly between two pictures of one size, 0–1. */
async function differingShare(pictures: Buffer[]): Promise<number> {
  const page = await stage.newPage();
  const urls = pictures.map((picture) => `data:image/png;base64,${picture.toString("base64")}`);
  const share = await page.evaluate(async (sources) => {
    const [one, other] = (await Promise.all(
      sources.map(async (source) => {
        const bitmap = await createImageBitmap(await (await fetch(source)).blob());
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        context?.drawImage(bitmap, 0, 0);
        return context?.getImageData(0, 0, bitmap.width, bitmap.height).data;
      }),
    )) as [Uint8ClampedArray, Uint8ClampedArray];
    if (one.length !== other.length) return 1;
    let differing = 0;
    for (let at = 0; at < one.length; at += 1) {
      if (Math.abs((one[at] ?? 0) - (other[at] ?? 0)) > 16) differing += 1;
    }
    return differing / one.length;
  }, urls);
  await page.close();
  return share;
}

describe("on a page that means it badly", () => {
  it("F44 looks the same whatever the page’s own style sheet says", async () => {
    const pictures = [];
    for (const css of ["", HOSTILE_CSS]) {
      const { page, notify, complaints } = await stage.play({
        survey,
        css,
        context: still,
        body: " ",
      });
      await notify("Task Completed");
      await page.locator(prompt).waitFor();
      pictures.push(await page.locator(prompt).screenshot());
      expect(complaints).toEqual([]);
      await page.context().close();
    }
    const share = await differingShare(pictures);
    console.log(
      `F44 hostile style sheet: ${(share * 100).toFixed(2)} % of the widget's pixels differ`,
    );
    expect(share).toBeLessThan(0.001);
  });

  it("stands above what claims to be above everything, unless the page says otherwise", async () => {
    const war = "#war{position:fixed;inset:0;z-index:2147482999}";
    for (const [css, top] of [
      [war, "TELLTALE-PROMPT"],
      [`${war}:root{--telltale-z-index:5}`, "DIV"],
    ] as const) {
      const { page, notify } = await stage.play({ survey, css, body: "<div id=war></div>" });
      await notify("Task Completed");
      const box = await page.locator(prompt).boundingBox();
      const on = await page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.tagName, [
        (box?.x ?? 0) + 40,
        (box?.y ?? 0) + 40,
      ] as const);
      expect(on).toBe(top);
      await page.context().close();
    }
  });

  it("F44 works where built-in prototypes were patched and a policy forbids styles and markup", async () => {
    const { page, notify, tracked, complaints } = await stage.play({
      survey,
      policy:
        "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
    });
    await page.evaluate(() => {
      (Array.prototype as unknown as { last: unknown }).last = () => 1;
      (Object.prototype as unknown as { extra: unknown }).extra = "x";
    });
    await notify("Task Completed");
    await page.getByRole("radio", { name: "Bad", exact: true }).click();
    await page.getByRole("textbox", { name: "What went wrong?" }).fill("It is slow");
    await page.getByRole("button", { name: "Send" }).click();
    expect(await tracked()).toHaveLength(3);
    console.log(`F44 strict policy: the widget is answered, ${complaints.length} complaints`);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("does not fight with a focus trap, and can be answered beside it", async () => {
    const { page, notify, tracked, complaints } = await stage.play({ survey });
    await notify("Task Completed");
    await page.locator(prompt).waitFor();
    await page.evaluate(() => {
      const field = document.querySelector<HTMLElement>("#name");
      document.addEventListener(
        "focusin",
        (event) => event.target !== field && field?.focus(),
        true,
      );
      field?.focus();
    });
    await page.keyboard.type("Ada");
    expect(await page.locator("#name").inputValue()).toBe("Ada");
    await page.getByRole("radio", { name: "Good", exact: true }).click();
    await page.getByText("Thank you").first().waitFor();
    expect((await tracked())[1]?.[1].value).toBe(4);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("survives a new body and an emptied one, with the answer so far", async () => {
    const { page, notify, tracked } = await stage.play({ survey });
    await notify("Task Completed");
    await page.getByRole("radio", { name: "Bad", exact: true }).click();
    await page.getByRole("textbox", { name: "What went wrong?" }).fill("It is sl");
    await page.evaluate(() => {
      document.body = document.createElement("body");
    });
    await page.getByRole("textbox", { name: "What went wrong?" }).waitFor();
    await page.evaluate(() => document.body.replaceChildren("a new route"));
    await page.getByRole("textbox", { name: "What went wrong?" }).press("w");
    await page.getByRole("button", { name: "Send" }).click();
    expect((await tracked()).at(-1)?.[1].text).toContain("It is sl");
    expect((await tracked()).filter(([event]) => event === "Survey Shown")).toHaveLength(1);
    await page.context().close();
  });

  it("bears that parts of it do not load: only what needs them goes without", async () => {
    const where = [{ property: "size", operator: "exists" as const }];
    const filtered = { kind: "event", event: "Saved", where } as const;
    const { page, notify, tracked, complaints } = await stage.play({
      survey,
      missing: /-(rules|typed)-/,
      rules: [
        watching({ kind: "exit_intent" }, "watching"),
        { ...taskRule, id: "s3", key: "filtered", event: "Saved", trigger: filtered },
        { ...taskRule, selector: "main" },
      ],
    });
    const decisions = () =>
      page.evaluate(() => window.prompts.decisions().map((one) => [one.survey, one.decision]));
    await notify("$page");
    await notify("Saved", { size: 1 });
    for (const survey of ["watching", "filtered"]) {
      await expect
        .poll(decisions)
        .toContainEqual([survey, expect.stringMatching(/^failed: TypeError: .*import/)]);
    }
    await notify("Task Completed");
    await page.getByRole("radio", { name: "Bad", exact: true }).click();
    await page.locator("telltale-prompt").waitFor({ state: "detached" });
    expect((await tracked()).map(([event]) => event)).toEqual(["Survey Shown", "Survey Answered"]);
    // What the console tells of the missing files is the browser's.
    expect(complaints.filter((text) => !text.includes("404"))).toEqual([]);
    await page.context().close();
  });

  it("keeps an answer although what would show the next question does not load, at once or never", async () => {
    for (const delay of [0, 60_000]) {
      const { page, notify, tracked } = await stage.play({ survey });
      await page.route("**/telltale-widget-attend-*", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, delay).unref());
        await route.abort().catch(() => undefined);
      });
      await notify("Task Completed");
      await page.getByRole("radio", { name: "Bad", exact: true }).click();
      expect((await tracked())[1]?.[1].value).toBe(2);
      if (delay === 0) await page.locator("telltale-prompt").waitFor({ state: "detached" });
      await page.context().close();
    }
  });

  it("gives up when the page keeps throwing it out", async () => {
    const { page, notify } = await stage.play({ survey });
    await notify("Task Completed");
    await page.locator(prompt).waitFor();
    await page.evaluate(async () => {
      for (let time = 0; time < 20; time += 1) {
        document.querySelector("telltale-prompt")?.remove();
        await new Promise((resolve) => setTimeout(resolve));
      }
    });
    expect(await page.locator("telltale-prompt").count()).toBe(0);
    await page.context().close();
  });

  it("goes when the page it asks about is left, and stays when it asks about something else", async () => {
    const trigger = { kind: "page", match: "equals", path: "/" } as const;
    for (const [rule, event, left] of [
      [{ ...taskRule, trigger, event: "$page" }, "$page", 0],
      [taskRule, "Task Completed", 1],
    ] as const) {
      const { page, notify } = await stage.play({ survey, rules: [rule] });
      await notify(event);
      await page.locator(prompt).waitFor();
      await page.evaluate(() => history.pushState(null, "", "/elsewhere"));
      await notify("$page");
      expect(await page.locator("telltale-prompt").count()).toBe(left);
      await page.context().close();
    }
  });
});
