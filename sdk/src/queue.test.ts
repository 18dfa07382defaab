import { afterEach, describe, expect, it, vi } from "vitest";
import { createStore } from "./browser/storage.ts";
import { createUuids } from "./browser/uuid.ts";
import { createQueue } from "./queue.ts";
import { createVisitorRecord } from "./visitor.ts";

const DAY_MS = 86_400_000;

function createBacklog() {
  const store = createStore("test:", localStorage);
  store.persist();
  const createId = createUuids();
  const visitors = createVisitorRecord(store, createId);
  const queue = createQueue(store, visitors, createId);
  return {
    queue,
    add(fact: object, person = 0) {
      queue.add([JSON.stringify(fact)], person);
    },
    dropped: () => visitors.at().dropped,
  };
}

afterEach(() => {
  localStorage.clear();
  vi.useRealTimers();
});

describe("createQueue", () => {
  it("gives events in the order they were added, up to a size in bytes", () => {
    const { queue, add } = createBacklog();
    for (let n = 0; n < 10; n++) add({ n, text: "é".repeat(6_000) });
    const batch = queue.take("");
    expect(batch?.texts.map((text) => JSON.parse(text).n)).toEqual([0, 1, 2, 3]);
    expect(new TextEncoder().encode(batch?.texts.join()).length).toBeLessThanOrEqual(58_000);
  });

  it("cuts what one task added into bunches, in order, and keeps a large event whole", () => {
    const { queue } = createBacklog();
    const texts = [3_000, 3_000, 3_000, 3_000, 20_000].map(
      (length, n) => `"${n}${"x".repeat(length)}"`,
    );
    queue.add([...texts], 0);
    expect(Object.keys(localStorage).length).toBeGreaterThan(2);
    const batch = queue.take("");
    expect(JSON.parse(`[${batch?.texts}]`)).toEqual(texts.map((text) => JSON.parse(text)));
    expect(batch?.events).toBe(5);
  });

  it("never mixes the events of two persons in one batch", () => {
    const { queue, add } = createBacklog();
    add({ n: 1 }, 0);
    add({ n: 2 }, 1);
    expect(queue.take("")).toMatchObject({ whose: 0, texts: ['{"n":1}'] });
  });

  it("gives only events after a key", () => {
    const { queue, add } = createBacklog();
    add({ n: 1 });
    add({ n: 2 });
    const first = queue.take("")!.keys[0]!;
    expect(queue.take(first)?.texts).toEqual(['{"n":2}']);
  });

  it("keeps the newest 1,000 events and counts the others", () => {
    const { queue, add, dropped } = createBacklog();
    for (let n = 0; n < 1_005; n++) add({ n });
    const batch = queue.take("");
    expect([batch?.events, batch?.texts[0]]).toEqual([1_000, '{"n":5}']);
    expect(dropped()).toEqual({ queue_full: 5 });
  });

  it("keeps hardly more than its limits while nothing is sent, as offline", () => {
    const { add } = createBacklog();
    for (let n = 0; n < 1_040; n++) add({ n });
    expect(Object.keys(localStorage).length).toBeLessThan(1_016);
  });

  it("keeps at most 512 KB", () => {
    const { queue, add, dropped } = createBacklog();
    for (let n = 0; n < 60; n++) add({ text: "x".repeat(9_989) });
    queue.take("");
    expect(Object.keys(localStorage)).toHaveLength(51);
    expect(dropped()).toEqual({ queue_full: 9 });
  });

  it("gives up events after 7 days", () => {
    vi.useFakeTimers();
    const { queue, add, dropped } = createBacklog();
    add({ n: 1 });
    vi.setSystemTime(Date.now() + 6 * DAY_MS);
    add({ n: 2 });
    vi.setSystemTime(Date.now() + 1 * DAY_MS + 1_000);
    expect(queue.take("")?.texts).toEqual(['{"n":2}']);
    expect(dropped()).toEqual({ expired: 1 });
  });

  it("gives up a message over 32 KB", () => {
    const { queue, add, dropped } = createBacklog();
    add({ text: "é".repeat(16_384) });
    expect(queue.take("")).toBeUndefined();
    expect(dropped()).toEqual({ too_large: 1 });
  });

  it("leaves a damaged text out of the batch, and out of the store once that is delivered", () => {
    const { queue, add } = createBacklog();
    localStorage["test:018f0000-0000-7000-8000-000000000000.9999.0.1"] = "not one of ours";
    localStorage[`test:${createUuids()(Date.now())}.2.0.1`] = "{[";
    add({ n: 1 });
    const batch = queue.take("");
    expect(batch?.texts).toEqual(['{"n":1}']);
    expect(batch?.keys).toHaveLength(2);
  });
});
