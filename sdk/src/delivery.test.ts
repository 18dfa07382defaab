import { describe, expect, it, vi } from "vitest";
import {
  collector,
  delivered,
  type StandInAnswer,
  standInForCollector,
  start,
  stored,
} from "./testing/collector.ts";

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
    const client = start();
    patches[what]?.();
    client.track("Long", { text: "x".repeat(2_000) });
    await client.flush();
    expect(delivered().map(({ event }) => event)).toEqual(["Long"]);
  });
});

describe("a browser that says that it is offline", () => {
  it("is tried with nothing, which its console would tell, until it is online", async () => {
    let onLine = false;
    vi.stubGlobal("navigator", Object.create(navigator, { onLine: { get: () => onLine } }));
    const client = start();
    client.track("A");
    await client.flush();
    expect(delivered()).toEqual([]);
    onLine = true;
    dispatchEvent(new Event("online"));
    await vi.waitFor(() => expect(delivered().map(({ event }) => event)).toEqual(["A"]));
  });

  it("hands all over as the page goes: behind a VPN it may say so wrongly", async () => {
    vi.stubGlobal("navigator", Object.create(navigator, { onLine: { value: false } }));
    start().track("A");
    dispatchEvent(new Event("pagehide"));
    await vi.waitFor(() => expect(delivered().map(({ event }) => event)).toEqual(["A"]));
  });
});

describe("tries", () => {
  /** Waits that a client has decided on, in milliseconds, from what it says with `debug`. */
  const listenToWaits = () => {
    const waits: number[] = [];
    vi.spyOn(console, "debug").mockImplementation((_, what, ...rest) => {
      if (what === "sent") waits.push(rest[2] as number);
    });
    return waits;
  };

  it("are counted anew once a batch has arrived", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.001);
    const waits = listenToWaits();
    const client = start({ debug: true });
    const statuses = [503, 503, 200, 503, 200];
    collector.answer = () => ({ status: statuses.shift() as number });
    client.track("A");
    await client.flush();
    await vi.waitFor(() => expect(waits).toHaveLength(3));
    client.track("B");
    await client.flush();
    await vi.waitFor(() => expect(waits).toHaveLength(5));
    vi.restoreAllMocks();
    expect(waits).toEqual([2, 3, 0, 2, 0]);
  });

  it("are counted anew, and made at once, when the browser comes online", async () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    const waits = listenToWaits();
    const client = start({ debug: true });
    collector.answer = () => ({ status: 503 });
    client.track("A");
    await client.flush();
    dispatchEvent(new Event("online"));
    await vi.waitFor(() => expect(waits).toHaveLength(2));
    vi.restoreAllMocks();
    expect(waits).toEqual([1_001, 1_001]);
  });

  it("are put off while another tab sends, and made by each tab where locks are denied", async () => {
    let isHeld = true;
    const request = vi.fn(
      async (_name: string, _options: object, run: (lock: unknown) => unknown) =>
        run(isHeld ? null : {}),
    );
    vi.stubGlobal("navigator", Object.create(navigator, { locks: { value: { request } } }));
    const client = start({ flushIntervalMs: 20 });
    client.track("A");
    await client.flush();
    expect(delivered()).toEqual([]);
    isHeld = false;
    await vi.waitFor(() => expect(delivered().map(({ event }) => event)).toEqual(["A"]));
    request.mockRejectedValue(new DOMException("denied", "SecurityError"));
    client.track("B");
    await client.flush();
    expect(delivered().map(({ event }) => event)).toEqual(["A", "B"]);
  });
});

describe("requests under way", () => {
  it("sends nothing twice when a page is hidden and then left while it sends", async () => {
    const client = start();
    const answers: (() => void)[] = [];
    collector.answer = () => new Promise((resolve) => answers.push(() => resolve({})));
    const arrive = (count: number) => vi.waitFor(() => expect(answers).toHaveLength(count));
    client.track("One");
    const isFlushed = client.flush();
    await arrive(1);
    client.track("Two");
    // Hiding and leaving send the same way.
    dispatchEvent(new Event("pagehide"));
    await arrive(2);
    answers[0]?.();
    await isFlushed;
    dispatchEvent(new Event("pagehide"));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(delivered().map(({ event }) => event)).toEqual(["One", "Two"]);
    answers[1]?.();
  });

  it("repeats what another tab is sending, and no more than that, under the same ids when a page is left", async () => {
    const tabs = [start(), start()];
    const answers: (() => void)[] = [];
    collector.answer = () => new Promise((resolve) => answers.push(() => resolve({})));
    const arrive = (count: number) => vi.waitFor(() => expect(answers).toHaveLength(count));
    tabs[0]?.track("A");
    const isFlushed = tabs[0]?.flush();
    await arrive(1);
    // Both are pages of one window here: the first knows that its own is under way.
    dispatchEvent(new Event("pagehide"));
    await arrive(2);
    for (const answer of answers) answer();
    await isFlushed;
    const [one, other] = collector.bodies;
    expect(other?.batch).toEqual(one?.batch);
    await vi.waitFor(() => expect(stored().filter((key) => key.includes("."))).toEqual([]));
    collector.answer = () => ({});
    tabs[1]?.track("B");
    await tabs[1]?.flush();
    expect(collector.bodies.map(({ batch, dropped }) => [batch.length, dropped])).toEqual([
      [1, {}],
      [1, {}],
      [1, {}],
    ]);
  });

  it("tells once of events given up, in one of two requests, and again only after a failure", async () => {
    const client = start({
      beforeSend: (m) => (m.event === "No" ? null : m),
    });
    const answers: ((answer: StandInAnswer) => void)[] = [];
    collector.answer = () => new Promise((resolve) => answers.push(resolve));
    const arrive = (count: number) => vi.waitFor(() => expect(answers).toHaveLength(count));
    for (const event of ["No", "One"]) client.track(event);
    const isFlushed = client.flush();
    await arrive(1);
    client.track("Two");
    dispatchEvent(new Event("pagehide"));
    await arrive(2);
    answers[1]?.({});
    answers[0]?.({ status: 400 });
    await isFlushed;
    for (const event of ["No", "Three"]) client.track(event);
    const isNextFlushed = client.flush();
    await arrive(3);
    answers[2]?.({});
    await isNextFlushed;
    expect(collector.bodies.map(({ dropped }) => dropped)).toEqual([
      { before_send: 1 },
      {},
      { before_send: 2, rejected: 1 },
    ]);
  });
});

describe("two tabs with one backlog", () => {
  it("send it once, though neither has seen the other write", async () => {
    const before = start();
    before.track("A");
    await Promise.resolve();
    const tabs = [start(), start()];
    await Promise.all(tabs.map((tab) => tab.flush()));
    expect(delivered().map(({ event }) => event)).toEqual(["A"]);
  });

  it("send it once where both are hidden when the browser comes online", async () => {
    const tabs = [start(), start()];
    tabs[0]?.track("A");
    await Promise.resolve();
    const hidden = vi.spyOn(document, "hidden", "get").mockReturnValue(true);
    dispatchEvent(new Event("online"));
    await Promise.all(tabs.map((tab) => tab.flush()));
    hidden.mockRestore();
    expect(delivered().map(({ event }) => event)).toEqual(["A"]);
  });
});
