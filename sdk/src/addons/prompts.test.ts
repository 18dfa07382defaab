import { expect, it, vi } from "vitest";
import { createIdleClient } from "../idle-client.ts";
import type { AddOnClient, AddOnKit } from "../options.ts";
import { start } from "./prompts.ts";

it("takes a widget down that arrives after it was stopped, as at logout", async () => {
  vi.stubGlobal("fetch", async () => Response.json({ wake: [], surveys: [], hasFeedback: true }));
  const stop = vi.fn();
  const startPrompts = () => ({
    notify() {},
    survey() {},
    feedback() {},
    decisions: () => [],
    stop,
  });
  const kit = {
    options: { host: "https://collector.test", writeKey: "wk_1", startPrompts },
    seen: [],
    tokens: {},
    visitor: () => ({}),
    debug() {},
  } as unknown as AddOnKit;
  const prompts = start(createIdleClient() as AddOnClient, kit);
  prompts.feedback();
  prompts.stop();
  await vi.waitFor(() => expect(stop).toHaveBeenCalled());
  vi.unstubAllGlobals();
});
