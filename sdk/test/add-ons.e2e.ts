import { describe, expect, it } from "vitest";
import { context, shareStage, stage } from "./share-stage.ts";
import { until } from "./stage.ts";

shareStage();

describe("add-ons", () => {
  it("record rage clicks, dead clicks, errors and web vitals", async () => {
    stage.reset({
      attributes: 'data-auto="friction, vitals" data-flush-interval-ms="50"',
      body: `<button id="dead" data-telltale-feature="export">Export</button>
        <button id="live" onclick="document.title = Math.random()">Live</button>`,
    });
    const page = await stage.open(context);
    await page.waitForTimeout(300);
    // In one go: a busy machine must not turn rage into patience.
    await page.locator("#dead").click({ clickCount: 3 });
    await page.waitForTimeout(2_700);
    await page.locator("#live").click();
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error("broken on purpose");
      });
    });
    await page.waitForTimeout(2_700);
    await page.goto(stage.url("/x.js"));
    const friction = () => stage.events().filter(({ event }) => event === "Friction");
    await until(() => stage.events().some(({ properties }) => properties?.name === "CLS"));
    await until(() => friction().some(({ properties }) => properties?.kind === "dead_click"));
    const kinds = friction().map(
      ({ properties }) => `${properties?.kind} ${properties?.target ?? ""}`,
    );
    expect(new Set(kinds)).toEqual(
      new Set(["rage_click button#dead", "dead_click button#dead", "error "]),
    );
    expect(friction()[0]?.properties?.feature).toBe("export");
    expect(stage.deliveries("Feature Used").size).toBe(3);
  });
});
