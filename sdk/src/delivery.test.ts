import { describe, expect, it, vi } from "vitest";
import { delivered, standInForCollector, start } from "./testing/collector.ts";

standInForCollector();

/** What a page or an extension may have put in place of the browser's own. */
const patches: { [what: string]: () => void } = {
  "AbortSignal.timeout throws": () => {
    vi.stubGlobal("AbortSignal", {
      timeout: () => {
        throw new Error("patched");
      },
    });
  },
  "AbortSignal is missing": () => vi.stubGlobal("AbortSignal", undefined),
  "CompressionStream throws": () => {
    vi.stubGlobal("CompressionStream", function patched() {
      throw new Error("patched");
    });
  },
  "CompressionStream breaks off": () => {
    vi.stubGlobal("CompressionStream", function patched() {
      return new TransformStream({
        transform() {
          throw new Error("patched");
        },
      });
    });
  },
  "CompressionStream is something else": () => vi.stubGlobal("CompressionStream", () => 7),
};

describe("the first try to deliver", () => {
  it.each(Object.keys(patches))("brings the events where %s", async (what) => {
    const client = start({ writeKey: "wk_patch" });
    patches[what]?.();
    client.track("Long", { text: "x".repeat(2_000) });
    await client.flush();
    expect(delivered().map(({ event }) => event)).toEqual(["Long"]);
  });
});

describe("the lock among tabs", () => {
  const request = vi.fn(async (_name: string, _options: object, run: (lock: object) => unknown) =>
    run({}),
  );

  it("is asked for only once another tab has written to the store", async () => {
    vi.stubGlobal("navigator", Object.create(navigator, { locks: { value: { request } } }));
    const client = start({ writeKey: "wk_lock" });
    client.track("Alone");
    await client.flush();
    expect(request).not.toHaveBeenCalled();
    dispatchEvent(new StorageEvent("storage"));
    client.track("Beside");
    await client.flush();
    expect(request).toHaveBeenCalledOnce();
    expect(delivered().map(({ event }) => event)).toEqual(["Alone", "Beside"]);
  });
});
