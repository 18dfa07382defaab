import { expect, expectTypeOf, it, vi } from "vitest";
import type { start as startFriction } from "./addons/friction.ts";
import type { start as startPages } from "./addons/pages.ts";
import type { start as startVitals } from "./addons/vitals.ts";
import { createIdleClient } from "./idle-client.ts";
import * as sdk from "./index.ts";
import type { Client } from "./options.ts";

it("exports createClient and nothing else", () => {
  expect(Object.keys(sdk)).toEqual(["createClient"]);
});

it("gives one client to two calls with one key and host", () => {
  const options = { writeKey: "wk_one", host: "https://collector.test", prompts: "off" } as const;
  expect(sdk.createClient(options)).toBe(sdk.createClient({ ...options }));
  expect(sdk.createClient({ ...options, writeKey: "wk_two" })).not.toBe(sdk.createClient(options));
});

it("gives the client of a script tag with the same key, once that has arrived", () => {
  const options = { writeKey: "wk_tag", host: "https://collector.test", prompts: "off" } as const;
  const script = document.createElement("script");
  script.dataset.writeKey = options.writeKey;
  document.body.append(script);
  const ofTag = createIdleClient();
  vi.stubGlobal("telltale", ofTag);
  expect(sdk.createClient(options)).toBe(ofTag);
  expect(sdk.createClient({ ...options, writeKey: "wk_other" })).not.toBe(ofTag);
  vi.stubGlobal("telltale", []);
  expect(sdk.createClient({ ...options, host: "https://late.test" })).not.toBe(ofTag);
  vi.unstubAllGlobals();
  script.remove();
});

it("asks for a write key and a host", () => {
  expect(() => sdk.createClient({ writeKey: "", host: "https://collector.test" })).toThrow(
    TypeError,
  );
  expect(() => sdk.createClient({ writeKey: "wk_one", host: "" })).toThrow(TypeError);
});

it("has the same calls in the client that does nothing", () => {
  const client = sdk.createClient({ writeKey: "wk_one", host: "https://collector.test" });
  expect(Object.keys(createIdleClient()).sort()).toEqual(Object.keys(client).sort());
});

it("does nothing on a server, where there is no document", async () => {
  vi.stubGlobal("document", undefined);
  const client = sdk.createClient({ writeKey: "wk_server", host: "https://collector.test" });
  client.task("import").complete();
  await client.flush();
  vi.unstubAllGlobals();
  expect(Object.keys(localStorage).filter((key) => key.includes("server"))).toEqual([]);
});

it("checks events against the map that an app declares", () => {
  type Events = { Exported: { format: "pdf" | "csv" } };
  expectTypeOf<Client<Events>["track"]>().toBeCallableWith("Exported", { format: "pdf" });
  expectTypeOf<Parameters<Client<Events>["track"]>[0]>().toEqualTypeOf<"Exported">();
  expectTypeOf<Client<Events>>().toExtend<Parameters<typeof startPages>[0]>();
  expectTypeOf<Client<Events>>().toExtend<Parameters<typeof startVitals>[0]>();
  expectTypeOf<Client<Events>>().toExtend<Parameters<typeof startFriction>[0]>();
});
