import { describe, expect, it, vi } from "vitest";
import { delivered, standInForCollector, start, stored } from "./testing/collector.ts";

standInForCollector();

describe("what a client keeps to itself", () => {
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

  it("lets only allowed traits leave", async () => {
    const client = start({ allowedTraits: ["plan"] });
    client.identify("u1", { plan: "pro", email: "a@b.test" });
    await client.flush();
    expect(delivered()[0]?.traits).toEqual({ plan: "pro" });
  });

  it("leaves nothing on the device when told to", async () => {
    const client = start({ storage: "memory" });
    client.track("A");
    await client.flush();
    expect([delivered().length, stored()]).toEqual([1, []]);
  });
});
