import type { PromptClaimRequest, PromptClaimResponse, SurveyRule } from "@telltale/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createPrompts } from "./prompts.ts";
import { createBridge, csatSteps, surveyOf, taskRule } from "./testing/fixtures.ts";

const grant = { granted: true, impressionId: "i1", survey: surveyOf(csatSteps) } as const;

let claims: PromptClaimRequest[];
let answer: PromptClaimResponse;
let views: { close: () => void; isRequested: boolean }[];
let stops: (() => void)[];

function start(rules?: SurveyRule[]) {
  const { bridge } = createBridge(rules);
  const prompts = createPrompts(bridge, (_grant, onClosed, { isRequested = false }) => {
    views.push({ close: onClosed, isRequested });
    return onClosed;
  });
  stops.push(prompts.stop);
  return prompts;
}

function focusedField(value: string): HTMLTextAreaElement {
  const field = document.createElement("textarea");
  // happy-dom does not know `:read-write`; the tests in Chromium use the real one.
  Object.assign(field, { matches: (selector: string) => selector === ":read-write" });
  field.value = value;
  document.body.append(field);
  field.focus();
  return field;
}

const last = (prompts: ReturnType<typeof start>) => prompts.decisions().at(-1)?.decision;
const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  claims = [];
  views = [];
  stops = [];
  answer = grant;
  history.replaceState(null, "", "/");
  vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
    claims.push(JSON.parse(init.body as string));
    return Response.json(answer);
  });
});

afterEach(() => {
  for (const stop of stops) stop();
  document.body.replaceChildren();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("createPrompts", () => {
  it("asks the collector when a rule matches, and shows what it grants", async () => {
    const prompts = start();
    prompts.notify("Task Completed", { task: "export" });
    await settle();
    expect(claims).toMatchObject([{ surveyId: "s1", writeKey: "wk_test", anonymousId: "anon" }]);
    expect(views).toMatchObject([{ isRequested: false }]);
    expect(last(prompts)).toBe("shown");
  });

  it("asks for nothing when no rule matches", async () => {
    start().notify("Task Failed", {});
    await settle();
    expect(claims).toEqual([]);
  });

  it("keeps the collector's reason, and does not ask again before it is worth it", async () => {
    answer = {
      granted: false,
      reason: "person_cooling_down",
      retryAt: new Date(Date.now() + 60_000).toISOString(),
    };
    const prompts = start();
    prompts.notify("Task Completed", {});
    await settle();
    expect(last(prompts)).toBe("person_cooling_down");
    prompts.notify("Task Completed", {});
    await settle();
    expect(claims).toHaveLength(1);
    await settle(60_000);
    prompts.notify("Task Completed", {});
    await settle();
    expect(claims).toHaveLength(2);
  });

  it("shows one prompt at a time", async () => {
    const prompts = start([taskRule, { ...taskRule, id: "s2", key: "nps" }]);
    prompts.notify("Task Completed", {});
    await settle();
    expect(views).toHaveLength(1);
    expect(claims).toHaveLength(1);
    expect(last(prompts)).toBe("prompt_open");
    views[0]?.close();
    prompts.survey("nps");
    await settle();
    expect(views).toHaveLength(2);
  });

  it("waits for the delay, and lets an event cancel it", async () => {
    const prompts = start([{ ...taskRule, delayMs: 5_000, cancelEvents: ["Upgraded"] }]);
    prompts.notify("Task Completed", {});
    await settle(4_999);
    expect(claims).toEqual([]);
    prompts.notify("Upgraded", {});
    await settle(10_000);
    expect(claims).toEqual([]);
    expect(last(prompts)).toBe("cancelled: Upgraded");
  });

  it("tests the page again when the delay is over", async () => {
    const trigger = { kind: "page", match: "starts_with", path: "/reports" } as const;
    const prompts = start([{ ...taskRule, trigger, event: "$page", delayMs: 1_000 }]);
    history.replaceState(null, "", "/reports/1");
    prompts.notify("$page", {});
    history.replaceState(null, "", "/home");
    prompts.notify("$page", {});
    await settle(2_000);
    expect(claims).toEqual([]);
    expect(last(prompts)).toBe("page_left");
  });

  it("waits while the user types, and comes when they have left the field", async () => {
    const field = focusedField("half a sent");
    const prompts = start();
    prompts.notify("Task Completed", {});
    await settle(20_000);
    expect(claims).toEqual([]);
    expect(last(prompts)).toBe("waits: typing");
    field.blur();
    await settle(500);
    expect(views).toHaveLength(1);
  });

  it("does not take a field that was focused by the page for typing", async () => {
    focusedField("");
    start().notify("Task Completed", {});
    await settle(9_000);
    expect(claims).toEqual([]);
    await settle(2_000);
    expect(views).toHaveLength(1);
  });

  it("waits for a dialog of the page to close", async () => {
    const dialog = document.createElement("div");
    dialog.setAttribute("aria-modal", "true");
    document.body.append(dialog);
    const prompts = start();
    prompts.notify("Task Completed", {});
    await settle(1_000);
    expect(last(prompts)).toBe("waits: dialog_open");
    dialog.remove();
    await settle(500);
    expect(views).toHaveLength(1);
  });

  it("opens what the person asked for at once, with the focus", async () => {
    focusedField("typing");
    start().feedback();
    await settle();
    expect(claims).toMatchObject([{ surveyKey: "feedback", isRequested: true }]);
    expect(views).toMatchObject([{ isRequested: true }]);
  });

  it("fires a time on page, and starts anew on another page", async () => {
    const trigger = { kind: "time_on_page", seconds: 10 } as const;
    const prompts = start([{ ...taskRule, trigger }]);
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
    const prompts = start([{ ...taskRule, trigger: { kind: "exit_intent" } }]);
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
    const prompts = start([{ ...taskRule, trigger: { kind: "scroll", percent: 50 } }]);
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
    const at = (id: string, selector: string) =>
      ({ ...taskRule, id, trigger: { kind: "click", selector } }) as const;
    const prompts = start([at("broken", "]["), at("s1", "#export")]);
    prompts.notify("$page", {});
    await vi.dynamicImportSettled();
    document.querySelector("i")?.click();
    await settle();
    expect(claims).toEqual([]);
    document.querySelector("b")?.click();
    await settle();
    expect(claims).toMatchObject([{ surveyId: "s1" }]);
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

  it("says so when the collector cannot be reached, and throws nothing", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("offline");
    });
    const prompts = start();
    prompts.notify("Task Completed", {});
    await settle();
    expect(last(prompts)).toBe("failed: TypeError: offline");
  });

  it("shows nothing more after it was stopped", async () => {
    const prompts = start([{ ...taskRule, delayMs: 100 }]);
    prompts.notify("Task Completed", {});
    prompts.stop();
    await settle(1_000);
    expect(claims).toEqual([]);
  });
});
