import { expect, it, vi } from "vitest";
import { createIdleClient } from "../idle-client.ts";
import type { AddOnClient, AddOnKit } from "../options.ts";
import { start } from "./prompts.ts";

it("takes a widget down that arrives after it was stopped, as at logout, before it can ask", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ wake: [], surveys: [], hasFeedback: true }));
  const calls: string[] = [];
  const startPrompts = () => ({
    notify: () => calls.push("notify"),
    survey() {},
    feedback() {},
    decisions: () => [],
    stop: () => calls.push("stop"),
  });
  const kit = {
    options: { host: "https://collector.test", writeKey: "wk_1", startPrompts },
    seen: [[{}, "Task Completed"]],
    tokens: {},
    visitor: () => ({}),
    debug() {},
  } as unknown as AddOnKit;
  const prompts = start(createIdleClient() as AddOnClient, kit);
  prompts.feedback();
  prompts.stop();
  await vi.waitFor(() => expect(calls).toContain("notify"));
  expect(calls[0]).toBe("stop");
  vi.unstubAllGlobals();
});
