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

  it("keeps across pages what came before consent, once that is given", async () => {
    const client = start({ consent: "pending" });
    client.track("A");
    await Promise.resolve();
    client.consent("granted");
    // The next page of the same project, as after a crash of this one.
    await start().flush();
    expect(delivered().map(({ event }) => event)).toEqual(["A"]);
  });

  it("tells no more of the page before than its address without the query", async () => {
    vi.spyOn(document, "referrer", "get").mockReturnValue("https://shop.test/cart?token=secret");
    const client = start();
    client.page();
    await client.flush();
    expect(delivered()[0]?.properties?.referrer).toBe("https://shop.test/cart");
    vi.restoreAllMocks();
  });

  it("sends no cookie", async () => {
    const send = vi.fn(async () => Response.json({}));
    vi.stubGlobal("fetch", send);
    const client = start();
    client.track("A");
    await client.flush();
    expect(send).toHaveBeenCalledWith(
      expect.any(String),
      expect.objectContaining({ credentials: "omit", keepalive: true }),
    );
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
