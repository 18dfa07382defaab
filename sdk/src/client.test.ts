import type { BatchRequest, Message } from "@telltale/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startClient } from "./client.ts";
import type { Client, Options } from "./options.ts";

let bodies: BatchRequest[] = [];
let status = 200;
let headers: { [name: string]: string } = {};

const start = (options: Partial<Options> = {}): Client =>
  startClient({ writeKey: "wk_test", host: "https://collector.test", ...options });

const unpack = (body: string | ArrayBuffer): Promise<string> | string =>
  typeof body === "string"
    ? body
    : new Response(new Response(body).body?.pipeThrough(new DecompressionStream("gzip"))).text();

const delivered = (): Message[] => bodies.flatMap((body) => body.batch);
const stored = () => Object.keys(localStorage).filter((key) => key.startsWith("telltale:"));

beforeEach(() => {
  bodies = [];
  status = 200;
  headers = {};
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    if (url.includes("/v1/config")) return new Response("{}", { status: 404 });
    bodies.push(JSON.parse(await unpack(init?.body as string | ArrayBuffer)) as BatchRequest);
    return new Response("{}", { status, headers });
  });
});

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
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
    expect(bodies[0]).toMatchObject({ writeKey: "wk_test", context: { library: {} } });
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
    status = 503;
    const client = start();
    client.track("A");
    await client.flush();
    status = 200;
    const next = start();
    await next.flush();
    expect(bodies).toHaveLength(2);
    expect(bodies[1]?.batch[0]?.messageId).toBe(bodies[0]?.batch[0]?.messageId);
  });

  it("gives up a refused batch and tells so with the next one", async () => {
    status = 400;
    const client = start();
    client.track("A");
    await client.flush();
    status = 200;
    client.track("B");
    await client.flush();
    expect(bodies[1]).toMatchObject({ dropped: { rejected: 1 }, batch: [{ event: "B" }] });
    client.track("C");
    await client.flush();
    expect(bodies[2]?.dropped).toEqual({});
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
    const client = start({ writeKey: "wk_clicks" });
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

  it("stores and sends nothing while consent is pending, and all of it once granted", async () => {
    const client = start({ consent: "pending" });
    client.track("A");
    await client.flush();
    expect([delivered(), stored()]).toEqual([[], []]);
    client.consent("granted");
    await client.flush();
    expect(delivered()).toHaveLength(1);
  });

  it("deletes everything when consent is denied", async () => {
    const client = start();
    client.track("A");
    await Promise.resolve();
    client.consent("denied");
    client.track("B");
    await client.flush();
    expect([delivered(), stored()]).toEqual([[], []]);
  });

  it("is silent under Global Privacy Control", async () => {
    vi.stubGlobal("navigator", Object.create(navigator, { globalPrivacyControl: { value: true } }));
    const client = start();
    client.track("A");
    await client.flush();
    expect([delivered(), stored()]).toEqual([[], []]);
  });

  it("gives events held for identity to the account that comes", async () => {
    const client = start({ waitForIdentityMs: 5_000 });
    client.track("A");
    await client.flush();
    expect(delivered()).toEqual([]);
    client.account("acme");
    client.identify("u1");
    await client.flush();
    expect(delivered().find(({ event }) => event === "A")).toMatchObject({
      userId: "u1",
      context: { groupId: "acme" },
    });
  });

  it("starts another visitor at reset and when another user is identified", async () => {
    const client = start();
    client.identify("u1");
    client.account("acme");
    client.identify("u2");
    client.track("A");
    client.reset();
    client.track("B");
    await client.flush();
    await client.flush();
    const [first, , second, a, b] = delivered();
    expect(second?.anonymousId).not.toBe(first?.anonymousId);
    expect(a).toMatchObject({ userId: "u2" });
    expect(a?.context?.groupId).toBeUndefined();
    expect(b?.userId).toBeUndefined();
    expect(b?.anonymousId).not.toBe(second?.anonymousId);
  });

  it("counts what came before identify and account for who it was then, in one task too", async () => {
    const client = start();
    client.track("Before");
    client.identify("u1");
    client.account("acme");
    client.track("After");
    await client.flush();
    const find = (name: string) => delivered().find(({ event }) => event === name);
    expect([find("Before")?.userId, find("Before")?.context?.groupId]).toEqual([
      undefined,
      undefined,
    ]);
    expect(find("After")).toMatchObject({ userId: "u1", context: { groupId: "acme" } });
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
    expect(bodies[0]?.dropped).toEqual({ before_send: 2 });
  });

  it("lets no more than 100 events through at once", async () => {
    const client = start();
    for (let index = 0; index < 150; index++) client.track("Loop");
    await client.flush();
    expect(delivered()).toHaveLength(100);
    expect(bodies[0]?.dropped).toEqual({ rate_limited: 50 });
  });

  it("lets only allowed traits leave", async () => {
    const client = start({ allowedTraits: ["plan"] });
    client.identify("u1", { plan: "pro", email: "a@b.test" });
    await client.flush();
    expect(delivered()[0]?.traits).toEqual({ plan: "pro" });
  });

  it("sends the proof of identity with the batches of its person only", async () => {
    const client = start();
    client.identify("u1", {}, { token: "jwt-1" });
    client.track("A");
    client.reset();
    client.track("B");
    await client.flush();
    expect(bodies.map(({ batch, context }) => [batch.at(-1)?.event, context?.token])).toEqual([
      ["A", "jwt-1"],
      ["B", undefined],
    ]);
    client.identify("u1", {}, { token: "jwt-2" });
    await client.flush();
    expect(bodies.at(-1)?.context?.token).toBe("jwt-2");
  });

  it("identifies once when the same user is named again without traits", async () => {
    const client = start({ userId: "u1" });
    client.identify("u1");
    client.account("acme");
    client.account("acme");
    await client.flush();
    expect(delivered().map(({ type }) => type)).toEqual(["identify", "group"]);
  });

  it("takes account and user from its options", async () => {
    const client = start({ userId: "u1", accountId: "acme" });
    client.track("A");
    await client.flush();
    expect(delivered().at(-1)).toMatchObject({ userId: "u1", context: { groupId: "acme" } });
  });

  it("leaves nothing on the device when told to", async () => {
    const client = start({ storage: "memory" });
    client.track("A");
    await client.flush();
    expect([delivered().length, stored()]).toEqual([1, []]);
  });

  it("lets go what was held when identity does not come in time", async () => {
    const client = start({ waitForIdentityMs: 20 });
    client.track("A");
    await vi.waitFor(async () => {
      await client.flush();
      expect(delivered().map(({ event }) => event)).toEqual(["A"]);
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
