import { describe, expect, it, vi } from "vitest";
import { createPrompts } from "./prompts.ts";
import { createBridge, taskRule } from "./testing/fixtures.ts";
import { last, settle, usePrompts } from "./testing/use-prompts.ts";

const { start, claims, views, refuse } = usePrompts();

function focusedField(value: string): HTMLTextAreaElement {
  const field = document.createElement("textarea");
  // happy-dom does not know `:read-write`; the tests in Chromium use the real one.
  Object.assign(field, { matches: (selector: string) => selector === ":read-write" });
  field.value = value;
  document.body.append(field);
  field.focus();
  return field;
}

describe("createPrompts", () => {
  it("asks the collector when a rule matches, and shows what it grants", async () => {
    const prompts = start();
    prompts.notify("Task Completed", { task: "export" });
    await settle();
    expect(claims).toMatchObject([{ surveyKey: "csat", writeKey: "wk_test", anonymousId: "anon" }]);
    expect(views).toMatchObject([{ isRequested: false }]);
    expect(last(prompts)).toBe("shown");
  });

  it("asks for nothing when no rule matches", async () => {
    start().notify("Task Failed", {});
    await settle();
    expect(claims).toEqual([]);
  });

  it("keeps the collector's reason, and does not ask again before it is worth it", async () => {
    refuse("person_cooling_down", new Date(Date.now() + 60_000).toISOString());
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
    await settle(500);
    expect(views).toHaveLength(1);
    expect(claims).toHaveLength(1);
    expect(last(prompts)).toBe("prompt_open");
    views[0]?.close();
    prompts.survey("nps");
    await settle();
    expect(views).toHaveLength(2);
    // A view that says twice that it is gone does not speak for the next.
    views[0]?.close();
    prompts.survey("csat");
    await settle();
    expect(views).toHaveLength(2);
  });

  it("goes on after a view that is gone at once", async () => {
    const { bridge } = createBridge();
    const view = vi.fn((_grant: unknown, onClosed: () => void) => {
      onClosed();
      return () => {};
    });
    const prompts = createPrompts(bridge, view);
    for (const times of [1, 2]) {
      prompts.survey("csat");
      await settle();
      expect(view).toHaveBeenCalledTimes(times);
    }
    prompts.stop();
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

  it("asks for the next survey of an event where the first is refused", async () => {
    refuse("not_targeted");
    const prompts = start([taskRule, { ...taskRule, id: "s2", key: "nps" }]);
    prompts.notify("Task Completed", {});
    await settle(500);
    expect(claims).toMatchObject([{ surveyKey: "csat" }, { surveyKey: "nps" }]);
  });

  it("asks again for whoever logs in after a refusal", async () => {
    refuse("not_targeted");
    const { bridge } = createBridge();
    const prompts = createPrompts(bridge, () => () => {});
    for (const userId of ["ann", "ann", "ben"]) {
      bridge.who = () => ({ anonymousId: "anon", sessionId: "session", userId });
      prompts.notify("Task Completed", {});
      await settle(500);
    }
    expect(claims.map(({ userId }) => userId)).toEqual(["ann", "ben"]);
    prompts.stop();
  });

  it("opens what the person asked for while another prompt waits, which then stays away", async () => {
    const field = focusedField("half a sent");
    const prompts = start();
    prompts.notify("Task Completed", {});
    await settle(1_000);
    prompts.feedback();
    await settle();
    expect(views).toMatchObject([{ isRequested: true }]);
    field.blur();
    await settle(1_000);
    expect(claims).toHaveLength(1);
  });

  it("lets an event cancel a prompt that waits for a good moment", async () => {
    const field = focusedField("half a sent");
    const prompts = start([{ ...taskRule, cancelEvents: ["Upgraded"] }]);
    prompts.notify("Task Completed", {});
    await settle(1_000);
    prompts.notify("Upgraded", {});
    field.blur();
    await settle(1_000);
    expect(claims).toEqual([]);
  });

  it("waits for a dialog in a shadow root that has the focus", async () => {
    const host = document.createElement("div");
    document.body.append(host);
    const dialog = document.createElement("div");
    dialog.setAttribute("aria-modal", "true");
    dialog.tabIndex = -1;
    host.attachShadow({ mode: "open" }).append(dialog);
    dialog.focus();
    const prompts = start();
    prompts.notify("Task Completed", {});
    await settle(1_000);
    expect(last(prompts)).toBe("waits: dialog_open");
    dialog.blur();
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
