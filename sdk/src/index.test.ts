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
  expect(sdk.createClient({ ...options, host: `${options.host}/` })).toBe(
    sdk.createClient(options),
  );
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

it("does nothing on a prerendered page until it is shown, then all that the page has asked for", async () => {
  vi.stubGlobal("navigator", Object.create(navigator, { onLine: { value: false } }));
  const prerendering = { get: vi.fn(() => true), configurable: true };
  Object.defineProperty(document, "prerendering", prerendering);
  const options = {
    writeKey: "wk_prepared",
    host: "https://collector.test",
    prompts: "off",
  } as const;
  const client = sdk.createClient(options);
  const heard: string[] = [];
  const stop = client.on("*", (_, event) => heard.push(event));
  client.on("*", () => heard.push("again"))();
  const task = client.task("import");
  client.identify("u1");
  client.group("acme");
  client.track("A");
  client.page("Home");
  client.feature("export");
  client.milestone("live");
  client.consent("granted");
  client.survey("nps");
  client.feedback();
  task.complete();
  client.task("other").fail();
  await client.flush();
  expect([localStorage.length, heard, client.debug.prompts()]).toEqual([0, [], []]);
  document.dispatchEvent(new Event("prerenderingchange"));
  client.track("B");
  expect(heard).toEqual([
    "Task Started",
    "$identify",
    "$group",
    "A",
    "$page",
    "Feature Used",
    "Milestone Reached",
    "Task Completed",
    "Task Started",
    "Task Failed",
    "B",
  ]);
  stop();
  client.track("C");
  client.reset();
  await client.flush();
  expect([heard.length, localStorage.length > 0, client.debug.prompts()]).toEqual([11, true, []]);
  Reflect.deleteProperty(document, "prerendering");
  localStorage.clear();
  vi.unstubAllGlobals();
});

it.each([false, true])(
  "makes a listener's own calls at once, prerendered first: %s",
  (isPrerendered) => {
    vi.stubGlobal("navigator", Object.create(navigator, { onLine: { value: false } }));
    const prerendering = { get: () => isPrerendered, configurable: true };
    Object.defineProperty(document, "prerendering", prerendering);
    const host = "https://collector.test";
    const client = sdk.createClient({
      writeKey: `wk_order_${isPrerendered}`,
      host,
      prompts: "off",
    });
    const heard: string[] = [];
    client.on("A", () => client.track("Of A"));
    client.on("*", (_, event) => heard.push(event));
    client.track("A");
    client.track("B");
    document.dispatchEvent(new Event("prerenderingchange"));
    Reflect.deleteProperty(document, "prerendering");
    localStorage.clear();
    vi.unstubAllGlobals();
    expect(heard).toEqual(["Of A", "A", "B"]);
  },
);

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
  interface Export {
    format: "pdf" | "csv";
    pages?: number;
  }
  interface Events {
    Exported: Export;
  }
  expectTypeOf<Client<Events>["track"]>().toBeCallableWith("Exported", { format: "pdf" });
  expectTypeOf<Parameters<Client<Events>["track"]>[0]>().toEqualTypeOf<"Exported">();
  expectTypeOf<Client<Events>>().toExtend<Parameters<typeof startPages>[0]>();
  expectTypeOf<Client<Events>>().toExtend<Parameters<typeof startVitals>[0]>();
  expectTypeOf<Client<Events>>().toExtend<Parameters<typeof startFriction>[0]>();
});
