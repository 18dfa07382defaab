import { describe, expect, it, vi } from "vitest";
import { taskRule, watching } from "./testing/fixtures.ts";
import { last, settle, usePrompts } from "./testing/use-prompts.ts";

const { start, claims, views } = usePrompts();

describe("rules beyond an event's name", () => {
  it("fires a time on page, and starts anew on another page", async () => {
    const trigger = { kind: "time_on_page", seconds: 10 } as const;
    const prompts = start([watching(trigger)]);
    prompts.notify("$page", {});
    await vi.dynamicImportSettled();
    await settle(9_000);
    prompts.notify("$page", {});
    await settle(9_000);
    expect(claims).toEqual([]);
    await settle(1_001);
    expect(claims).toHaveLength(1);
  });

  it("fires when the pointer leaves through the top of the window", async () => {
    const prompts = start([watching({ kind: "exit_intent" })]);
    prompts.notify("$page", {});
    await vi.dynamicImportSettled();
    document.dispatchEvent(new MouseEvent("mouseout", { clientY: 300 }));
    await settle();
    expect(claims).toEqual([]);
    document.dispatchEvent(new MouseEvent("mouseout", { clientY: -1 }));
    await settle();
    expect(claims).toHaveLength(1);
  });

  it("fires once a page when it is scrolled so far down, in the window or in what fills it", async () => {
    const pane = document.createElement("div");
    document.body.append(pane);
    const scroll = async (scrollTop: number, clientHeight = 600) => {
      const sizes = { scrollTop, clientHeight, scrollHeight: 1_600 };
      for (const [name, value] of Object.entries(sizes)) {
        Object.defineProperty(pane, name, { value, configurable: true });
      }
      pane.dispatchEvent(new Event("scroll"));
      await settle();
    };
    const prompts = start([watching({ kind: "scroll", percent: 50 })]);
    prompts.notify("$page", {});
    await vi.dynamicImportSettled();
    await scroll(499);
    await scroll(900, 90);
    expect(claims).toEqual([]);
    await scroll(500);
    expect(claims).toHaveLength(1);
    views[0]?.close();
    await scroll(900);
    expect(claims).toHaveLength(1);
  });

  it("fires at a click on what a selector means, and bears a selector that is none", async () => {
    document.body.innerHTML = "<button id=export><b>Export</b></button><i>else</i>";
    const at = (selector: string, id: string) => watching({ kind: "click", selector }, id);
    const prompts = start([at("][", "broken"), at("#export", "s1")]);
    prompts.notify("$page", {});
    await vi.dynamicImportSettled();
    document.querySelector("i")?.click();
    await settle();
    expect(claims).toEqual([]);
    document.querySelector("b")?.click();
    await settle();
    expect(claims).toMatchObject([{ surveyKey: "s1" }]);
  });

  it("fires at a click on what says a text, however the markup breaks it", async () => {
    document.body.innerHTML = "<button>Export all</button><button>\n <b>Export</b>\n now </button>";
    const trigger = { kind: "click", selector: "button", text: "Export now" } as const;
    start([watching(trigger)]).notify("$page", {});
    await vi.dynamicImportSettled();
    const [other, meant] = document.querySelectorAll("button");
    other?.click();
    await settle();
    expect(claims).toEqual([]);
    meant?.click();
    await settle();
    expect(claims).toHaveLength(1);
  });

  it("asks only while the element that the survey needs is there", async () => {
    const prompts = start([{ ...taskRule, selector: ".report" }]);
    prompts.notify("Task Completed", {});
    await vi.dynamicImportSettled();
    await settle();
    expect(last(prompts)).toBe("no_element");
    document.body.innerHTML = "<div class=report></div>";
    prompts.notify("Task Completed", {});
    await settle();
    expect(claims).toHaveLength(1);
  });
});
