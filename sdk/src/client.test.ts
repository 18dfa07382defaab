import { afterEach, describe, expect, it, vi } from "vitest";
import { collector, delivered, standInForCollector, start, stored } from "./testing/collector.ts";

standInForCollector();
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("a client", () => {
  it("delivers an event with account, session and sequence", async () => {
    const client = start();
    client.identify("u1", { plan: "pro" });
    client.account("acme");
    client.track("Report Exported", { format: "pdf" });
    await client.flush();
    const [identify, group, track] = delivered();
    expect(identify).toMatchObject({ type: "identify", userId: "u1", traits: { plan: "pro" } });
    expect(identify?.anonymousId).toBeTruthy();
    expect(group).toMatchObject({ type: "group", groupId: "acme", context: { groupId: "acme" } });
    expect(track).toMatchObject({
      type: "track",
      event: "Report Exported",
      userId: "u1",
      properties: { format: "pdf" },
      context: { groupId: "acme", sequence: 2, sessionId: identify?.context?.sessionId },
    });
    expect(track?.messageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
    expect(collector.bodies[0]).toMatchObject({ context: { library: {} } });
  });

  it("has an event in the store when the task ends, and forgets it once delivered", async () => {
    const client = start();
    client.track("A");
    await Promise.resolve();
    expect(stored().filter((key) => /\.\d+\.\d+$/.test(key))).toHaveLength(1);
    await client.flush();
    expect(stored().filter((key) => /\.\d+\.\d+$/.test(key))).toHaveLength(0);
  });

  it("keeps an event through an outage and sends it under the same id", async () => {
    collector.answer = () => ({ status: 503 });
    const client = start();
    client.track("A");
    await client.flush();
    collector.answer = () => ({});
    const next = start();
    await next.flush();
    expect(collector.bodies).toHaveLength(2);
    expect(collector.bodies[1]?.batch[0]?.messageId).toBe(collector.bodies[0]?.batch[0]?.messageId);
  });

  it("gives up a refused batch and tells so with the next one", async () => {
    collector.answer = () => ({ status: 400 });
    const client = start();
    client.track("A");
    await client.flush();
    collector.answer = () => ({});
    client.track("B");
    await client.flush();
    expect(collector.bodies[1]).toMatchObject({
      dropped: { rejected: 1 },
      batch: [{ event: "B" }],
    });
    client.track("C");
    await client.flush();
    expect(collector.bodies[2]?.dropped).toEqual({});
  });

  it("names feature, task and milestone events", async () => {
    const client = start();
    client.feature("export");
    client.feature("export", { stage: "adopted" });
    const task = client.task("import");
    task.complete({ rows: 3 });
    task.fail();
    client.milestone("onboarded");
    await client.flush();
    expect(delivered().map(({ event, properties }) => [event, properties])).toEqual([
      ["Feature Used", { feature: "export", stage: "tried" }],
      ["Feature Used", { feature: "export", stage: "adopted" }],
      ["Task Started", { task: "import" }],
      ["Task Completed", { task: "import", rows: 3, duration_ms: expect.any(Number) }],
      ["Milestone Reached", { milestone: "onboarded" }],
    ]);
  });

  it("counts clicks on marked elements, added later and in shadow roots", async () => {
    const client = start();
    const outer = document.createElement("button");
    outer.dataset.telltaleFeature = "export";
    outer.append(document.createElement("span"));
    const shadow = document.createElement("div");
    document.body.append(outer, shadow);
    const inner = document.createElement("button");
    inner.setAttribute("data-telltale-feature", "share");
    shadow.attachShadow({ mode: "open" }).append(inner);
    outer.firstElementChild?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    inner.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
    await client.flush();
    const used = delivered().filter(({ event }) => event === "Feature Used");
    expect(new Set(used.map(({ properties }) => properties?.feature))).toEqual(
      new Set(["export", "share"]),
    );
  });

  it("lets beforeSend change or drop a message, and survives its failure", async () => {
    const client = start({
      beforeSend(message) {
        if (message.event === "Secret") return null;
        if (message.event === "Broken") throw new Error("broken hook");
        return { ...message, properties: { ...message.properties, seen: true } };
      },
    });
    for (const event of ["Secret", "Broken", "Open"]) client.track(event);
    await client.flush();
    expect(delivered()).toMatchObject([{ event: "Open", properties: { seen: true } }]);
    expect(collector.bodies[0]?.dropped).toEqual({ before_send: 2 });
  });

  it("lets no more than 100 events through at once", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const client = start();
    for (let index = 0; index < 150; index++) client.track("Loop");
    await client.flush();
    expect(delivered()).toHaveLength(100);
    expect(collector.bodies[0]?.dropped).toEqual({ rate_limited: 50 });
  });

  it("says each decision in the console, where the page asked for it", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const lines: string[] = [];
    vi.spyOn(console, "debug").mockImplementation((_, what) => lines.push(String(what)));
    const client = start({
      debug: true,
      beforeSend: (message) => (message.event === "Secret" ? null : message),
    });
    client.track("Secret");
    for (let index = 0; index < 100; index++) client.track("Loop");
    await client.flush();
    client.consent("denied");
    const count = (line: string) => lines.filter((other) => other === line).length;
    expect([count("dropped"), count("queued"), count("limited")]).toEqual([1, 99, 1]);
    expect([count("granted"), count("sent"), count("denied")]).toEqual([1, 1, 1]);
  });

  it("says nothing in the console where the script tag's attribute is 'false'", () => {
    const spy = vi.spyOn(console, "debug").mockImplementation(() => {});
    start({ writeKey: "wk_silent", debug: "false" as never }).track("A");
    start({ writeKey: "wk_silent", debug: false }).track("A");
    expect(spy).not.toHaveBeenCalled();
    start({ writeKey: "wk_spoken", debug: "" as never });
    start({ writeKey: "wk_spoken", debug: "true" as never });
    expect(spy).toHaveBeenCalledTimes(2);
  });

  it("counts the first page view for whom the page names in the same task", async () => {
    const client = start({ writeKey: "wk_first", auto: ["page"] });
    client.identify("u1");
    client.account("acme");
    await Promise.resolve();
    await client.flush();
    expect(delivered().find(({ type }) => type === "page")).toMatchObject({
      userId: "u1",
      context: { groupId: "acme" },
    });
  });

  it("tells listeners of each event until they leave, and survives their failures", () => {
    const client = start();
    const heard: string[] = [];
    client.on("A", () => {
      throw new Error("broken listener");
    });
    const leave = client.on("*", (_, event) => heard.push(event));
    client.track("A");
    client.page();
    leave();
    client.track("B");
    expect(heard).toEqual(["A", "$page"]);
  });

  it("throws nothing into the page, whatever it is given", () => {
    const client = start();
    const circular: { [key: string]: unknown } = {};
    circular.self = circular;
    const { debug, ...methods } = client;
    expect(debug.prompts()).toEqual([]);
    const calls = methods as unknown as { [name: string]: (...input: unknown[]) => unknown };
    for (const name of Object.keys(calls)) {
      for (const input of [[], [null], [undefined, null], ["x", circular], [{}, 1n], [Symbol()]]) {
        expect(() => calls[name]?.(...input)).not.toThrow();
      }
    }
  });
});
