import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { SurveyAppearance } from "@telltale/protocol";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { csatSteps, surveyOf } from "../src/testing/fixtures.ts";
import { questionSteps } from "../src/testing/questions.ts";
import { useStage } from "./stage.ts";

const axeSource = await readFile(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

const stage = useStage();

const card = (page: Page) => page.locator("telltale-prompt .box");
const wearing = (appearance: Partial<SurveyAppearance>, steps = csatSteps) =>
  surveyOf(steps, { appearance: { theme: "auto", position: "bottom_right", ...appearance } });
const region = (page: Page) => page.locator("telltale-prompt .card");
const isDark = (page: Page) => region(page).evaluate((node) => node.classList.contains("dark"));

describe("the look", () => {
  it.each([
    ["html{background:#101116}", "light", true],
    ["html{background:#fff}", "dark", false],
    ["html{background:oklch(0.2 0.02 260)}", "light", true],
    ["body{background:oklch(0.98 0 0)}html{background:#000}", "dark", false],
    ["", "dark", true],
    ["", "light", false],
  ] as const)("suits a page with %j on a %s system", async (css, colorScheme, dark) => {
    const { page, notify } = await stage.play({
      survey: wearing({}),
      css,
      context: { colorScheme },
    });
    await notify("Task Completed");
    await card(page).waitFor();
    expect(await isDark(page)).toBe(dark);
    await page.context().close();
  });

  it("keeps any accent readable, on it and beside it", async () => {
    const text = questionSteps.text;
    const { page, show } = await stage.play({
      survey: wearing({}),
      context: { reducedMotion: "reduce" },
    });
    await page.evaluate(axeSource);
    for (const theme of ["light", "dark"] as const) {
      for (const accent of [
        "#ffe600",
        "#fff",
        "#000",
        "#e11d48",
        "#777",
        "oklch(0.7 0.15 200)",
        "not a colour",
      ]) {
        await show(wearing({ theme, accent }, text ? [text] : []));
        const { violations } = (await page.evaluate("axe.run('telltale-prompt')")) as AxeResults;
        expect({ theme, accent, faults: violations.map(({ id }) => id) }).toEqual({
          theme,
          accent,
          faults: [],
        });
        await page.getByRole("button", { name: "Close" }).click();
      }
    }
    await page.context().close();
  });

  it("keeps its text readable on any background of the page’s own", async () => {
    const text = questionSteps.text;
    const { page, show } = await stage.play({ survey: wearing({}) });
    await page.evaluate(axeSource);
    for (const css of [
      "--telltale-background:#101418",
      "--telltale-text:#222",
      "--telltale-background:oklch(0.55 0.1 260)",
      "--telltale-background:#fdf6e3;--telltale-text:#eee8d5",
      "--telltale-background:#222;--telltale-text:#777;--telltale-muted:#444",
    ]) {
      for (const theme of ["light", "dark"] as const) {
        await page.evaluate((style) => document.body.setAttribute("style", style), css);
        await show(wearing({ theme }, text ? [text] : []));
        const { violations } = (await page.evaluate("axe.run('telltale-prompt')")) as AxeResults;
        const faults = violations.map(({ id }) => id);
        expect({ css, theme, faults }).toEqual({ css, theme, faults: [] });
        await page.getByRole("button", { name: "Close" }).click();
      }
    }
    await page.context().close();
  });

  it("takes its tokens from the page’s variables", async () => {
    const { page, notify } = await stage.play({
      survey: wearing({ theme: "light", accent: "#ff0000" }),
      css: ":root{--telltale-accent:#047857;--telltale-background:rgb(250 250 240);--telltale-radius:3px;--telltale-width:300px;--telltale-font:monospace}",
    });
    await notify("Task Completed");
    await card(page).waitFor();
    const style = await card(page).evaluate((node) => {
      const { backgroundColor, borderRadius, width, fontFamily } = getComputedStyle(node);
      return [backgroundColor, borderRadius, width, fontFamily];
    });
    expect(style).toEqual(["rgb(250, 250, 240)", "3px", "300px", "monospace"]);
    await page.getByRole("radio", { name: "Okay" }).click();
    const chosen = page.locator("[aria-checked=true]");
    expect(await chosen.evaluate((mark) => getComputedStyle(mark).backgroundColor)).toBe(
      "rgb(4, 120, 87)",
    );
    await page.context().close();
  });

  it.each([
    ["bottom_right", [1060, 20]],
    ["bottom_left", [20, 20]],
    ["top_right", [1060, 20]],
    ["top_left", [20, 20]],
    ["center", [540, 20]],
  ] as const)("stands at %s", async (position, [left, margin]) => {
    const { page, notify } = await stage.play({
      survey: wearing({ position }),
      context: { reducedMotion: "reduce" },
    });
    await notify("Task Completed");
    const box = await card(page).boundingBox();
    expect(box?.x).toBe(left);
    const gap = position.startsWith("top") ? box?.y : 900 - (box?.y ?? 0) - (box?.height ?? 0);
    expect(gap).toBe(margin);
    await page.context().close();
  });

  it("is a sheet at the bottom of a phone, and brings up no keyboard uninvited", async () => {
    const { page, notify } = await stage.play({
      survey: wearing({ position: "top_left" }),
      context: {
        viewport: { width: 390, height: 800 },
        hasTouch: true,
        isMobile: true,
        reducedMotion: "reduce",
      },
      body: '<meta name="viewport" content="width=device-width">',
    });
    await notify("Task Completed");
    const box = await card(page).boundingBox();
    expect([box?.x, box?.width, (box?.y ?? 0) + (box?.height ?? 0)]).toEqual([0, 390, 800]);
    await page.getByRole("radio", { name: "Bad", exact: true }).tap();
    const field = page.getByRole("textbox", { name: "What went wrong?" });
    await field.waitFor();
    expect(await field.evaluate((node) => node.matches(":focus"))).toBe(false);
    expect(
      await field.evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize)),
    ).toBeGreaterThanOrEqual(16);

    // The keyboard of iOS takes 300 of the 800 pixels, and only the visual viewport learns of it.
    const bottom = async () => {
      const sheet = await card(page).boundingBox();
      return (sheet?.y ?? 0) + (sheet?.height ?? 0);
    };
    await page.evaluate(() => {
      Object.defineProperty(visualViewport, "height", { get: () => 500, configurable: true });
    });
    await field.tap();
    await expect.poll(bottom).toBe(500);
    await page.evaluate(() => {
      Object.defineProperty(visualViewport, "height", { get: () => 450, configurable: true });
      visualViewport?.dispatchEvent(new Event("resize"));
    });
    await expect.poll(bottom).toBe(450);
    await field.blur();
    await expect.poll(bottom).toBe(800);

    // Turned to its side it is no sheet any more, and the keyboard takes more than half.
    await page.setViewportSize({ width: 844, height: 390 });
    await page.evaluate(() => {
      Object.defineProperty(visualViewport, "height", { get: () => 180, configurable: true });
    });
    await field.tap();
    await expect.poll(bottom).toBeLessThanOrEqual(180);
    await page.context().close();
  });

  it("comes without motion, for everybody", async () => {
    for (const reducedMotion of ["no-preference", "reduce"] as const) {
      const { page, notify } = await stage.play({
        survey: wearing({}),
        context: { reducedMotion },
      });
      await notify("Task Completed");
      await card(page).waitFor();
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      expect(await region(page).evaluate((node) => node.getAnimations({ subtree: true }))).toEqual(
        [],
      );
      await page.context().close();
    }
  });

  it("shows the choice and the focus in forced colours", async () => {
    const { page, notify } = await stage.play({
      survey: wearing({}),
      context: { forcedColors: "active" },
    });
    await notify("Task Completed");
    await card(page).waitFor();
    await page.keyboard.press("F8");
    const first = page.getByRole("radio").first();
    await expect
      .poll(() => first.evaluate((mark) => getComputedStyle(mark).outlineStyle))
      .toBe("solid");
    await page.keyboard.press("Enter");
    expect(await first.evaluate((mark) => getComputedStyle(mark).outlineWidth)).toBe("3px");
    await page.context().close();
  });

  it("stays beside its element while the page scrolls, and goes to its corner without it", async () => {
    const thumbs = questionSteps.thumbs;
    const { page, notify } = await stage.play({
      survey: wearing({ anchor: "#target" }, thumbs ? [thumbs] : []),
      css: "body{height:3000px}#target{position:absolute;top:300px;left:200px;width:80px;height:30px}",
      body: "<div id=target>here</div>",
      context: { reducedMotion: "reduce" },
    });
    await notify("Task Completed");
    await card(page).waitFor();
    const place = () =>
      card(page).evaluate((node) => {
        const { left, top } = node.getBoundingClientRect();
        return [left, top];
      });
    await expect.poll(place).toEqual([200, 338]);
    await page.evaluate(() => scrollTo(0, 100));
    await expect.poll(place).toEqual([200, 238]);
    await page.evaluate(() => document.querySelector("#target")?.remove());
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(async () => (await place())[0]).toBeGreaterThan(900);
    await page.context().close();
  });
});
