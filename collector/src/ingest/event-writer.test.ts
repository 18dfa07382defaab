import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createEventWriter, type StoreGroup } from "./event-writer.ts";
import type { NewEvent } from "./new-event.ts";

const event = (eventId: string, size = 10) =>
  ({ eventId, propertiesJson: "x".repeat(size), contextJson: "{}" }) as NewEvent;
const events = (...ids: string[]) => ids.map((id) => event(id));

/** A store that keeps what it got, and waits for the test's word. */
function createHeldStore() {
  const groups: string[][] = [];
  const held: (() => void)[] = [];
  const store: StoreGroup = (group) => {
    groups.push(group.map((one) => one.eventId));
    return new Promise((resolve) => held.push(() => resolve(group.map(() => "stored"))));
  };
  return { groups, store, release: () => held.shift()?.() };
}

const dataError = () => Object.assign(new Error("bad value"), { code: "22021" });

/** A store that refuses whole groups for one bad event, as Postgres does. */
function createPoisonedStore(isBad: (id: string) => boolean) {
  const stored: string[] = [];
  const store: StoreGroup = async (group) => {
    await sleep(1);
    if (group.some((one) => isBad(one.eventId))) throw dataError();
    stored.push(...group.map((one) => one.eventId));
    return group.map(() => "stored" as const);
  };
  return { stored, store };
}

describe("createEventWriter", () => {
  it("sends together what comes in one turn, and gathers the rest while that is under way", async () => {
    const { groups, store, release } = createHeldStore();
    const writer = createEventWriter({ store, concurrency: 1 });
    const first = [writer.write(events("a")), writer.write(events("b"))];
    await nextTurn();
    expect(groups).toEqual([["a", "b"]]);
    const writes = [writer.write(events("c", "d"))];
    await nextTurn();
    writes.push(writer.write(events("e")));
    await nextTurn();
    expect(groups).toHaveLength(1);
    release();
    await Promise.all(first);
    expect(groups).toEqual([
      ["a", "b"],
      ["c", "d", "e"],
    ]);
    release();
    expect(await writes[0]).toEqual(["stored", "stored"]);
  });

  it("never splits a request and closes a group at its limit", async () => {
    const { groups, store, release } = createHeldStore();
    const writer = createEventWriter({ store, concurrency: 1, maxGroupEvents: 3 });
    const writes = [events("a"), events("b", "c"), events("d", "e"), events("f", "g")].map(
      writer.write,
    );
    for (const count of [1, 2, 3]) {
      await expect.poll(() => groups.length).toBe(count);
      release();
    }
    await Promise.all(writes);
    expect(groups).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
      ["f", "g"],
    ]);
  });

  it("answers each request with its own verdicts, in order", async () => {
    const store: StoreGroup = async (group) =>
      group.map((one) => (one.eventId.startsWith("dup") ? "duplicate" : "stored"));
    const writer = createEventWriter({ store, concurrency: 1 });
    const [first, second, third] = await Promise.all([
      writer.write(events("a", "dup1")),
      writer.write(events("dup2")),
      writer.write(events("b", "dup3", "c")),
    ]);
    expect(first).toEqual(["stored", "duplicate"]);
    expect(second).toEqual(["duplicate"]);
    expect(third).toEqual(["stored", "duplicate", "stored"]);
  });

  it("stores every neighbour of a bad event and marks that one alone", async () => {
    const { stored, store } = createPoisonedStore((id) => id === "bad");
    const writer = createEventWriter({ store, concurrency: 1 });
    const answers = await Promise.all([
      writer.write(events("first")),
      ...Array.from({ length: 20 }, (_, index) => writer.write(events(`good${index}`))),
      writer.write(events("x", "bad", "y")),
    ]);
    expect(answers.at(-1)).toEqual(["stored", "unstorable", "stored"]);
    expect(answers.slice(0, -1).flat()).toEqual(Array.from({ length: 21 }, () => "stored"));
    expect(new Set(stored).size).toBe(23);
  });

  it("sends a second group beside the first once it is no smaller", async () => {
    const { groups, store, release } = createHeldStore();
    const writer = createEventWriter({ store, concurrency: 2 });
    const first = writer.write(events("a", "b"));
    await nextTurn();
    const second = writer.write(events("c"));
    await nextTurn();
    expect(groups).toEqual([["a", "b"]]);
    const third = writer.write(events("d"));
    await nextTurn();
    expect(groups).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    const fourth = writer.write(events("e", "f", "g", "h"));
    await nextTurn();
    expect(groups).toHaveLength(2);
    release();
    await first;
    expect(groups).toHaveLength(3);
    release();
    release();
    await Promise.all([second, third, fourth]);
  });

  it("fails all requests of a group when the database is gone, and works on after", async () => {
    let isGone = true;
    const store: StoreGroup = async (group) => {
      if (isGone) throw Object.assign(new Error("gone"), { code: "ECONNREFUSED" });
      return group.map(() => "stored" as const);
    };
    const writer = createEventWriter({ store, concurrency: 2 });
    const failed = await Promise.allSettled([writer.write(events("a")), writer.write(events("b"))]);
    expect(failed.map((one) => one.status)).toEqual(["rejected", "rejected"]);
    expect(writer.backlog).toBe(0);
    isGone = false;
    expect(await writer.write(events("a"))).toEqual(["stored"]);
  });

  it("fails the projects of a node that is away alone: the others of their group are stored", async () => {
    const groups: string[][] = [];
    const away = Object.assign(new Error("connection to the remote node failed"), {
      code: "08006",
    });
    const store: StoreGroup = async (group) => {
      groups.push(group.map((one) => one.eventId));
      if (group.some((one) => one.projectId === "away")) throw away;
      return group.map(() => "stored");
    };
    const of = (projectId: string, id: string) => [{ ...event(id), projectId }];
    const writer = createEventWriter({ store, concurrency: 1 });
    const outcomes = await Promise.allSettled(
      [of("away", "a"), of("here", "b"), of("away", "c"), of("there", "d"), of("here", "e")].map(
        writer.write,
      ),
    );
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...["rejected", "fulfilled", "rejected", "fulfilled", "fulfilled"],
    ]);
    expect(groups).toEqual([["a", "b", "c", "d", "e"], ["a", "c"], ["b", "e"], ["d"]]);
  });

  it("refuses what would go beyond the backlog, with a time to come back", async () => {
    const { store, release } = createHeldStore();
    const writer = createEventWriter({ store, concurrency: 1, maxBacklogEvents: 3 });
    const first = writer.write(events("a", "b"));
    await expect(writer.write(events("c", "d"))).rejects.toMatchObject({
      status: 503,
      retryAfterSeconds: 1,
    });
    await nextTurn();
    release();
    await first;
    expect(writer.backlog).toBe(0);
  });

  it("takes one request that alone exceeds the backlog", async () => {
    const store: StoreGroup = async (group) => group.map(() => "stored" as const);
    const writer = createEventWriter({ store, concurrency: 1, maxBacklogEvents: 1 });
    expect(await writer.write(events("a", "b"))).toEqual(["stored", "stored"]);
  });

  it("drains: what was accepted is written before it resolves", async () => {
    const { groups, store, release } = createHeldStore();
    const writer = createEventWriter({ store, concurrency: 1 });
    const writes = [writer.write(events("a"))];
    await nextTurn();
    writes.push(writer.write(events("b")));
    let isDrained = false;
    const drained = writer.drain().then(() => {
      isDrained = true;
    });
    release();
    await writes[0];
    expect(isDrained).toBe(false);
    release();
    await Promise.all([...writes, drained]);
    expect(groups.flat()).toEqual(["a", "b"]);
    await writer.drain();
  });

  it("answers an empty request without a group", async () => {
    const { groups, store } = createHeldStore();
    const writer = createEventWriter({ store, concurrency: 1 });
    expect(await writer.write([])).toEqual([]);
    expect(groups).toEqual([]);
  });

  it("refuses by weight what would take too much memory", async () => {
    const { store, release } = createHeldStore();
    const writer = createEventWriter({ store, concurrency: 1, maxBacklogBytes: 100_000 });
    const first = writer.write([event("a", 20_000)]);
    await expect(writer.write([event("b", 40_000)])).rejects.toMatchObject({ status: 503 });
    await nextTurn();
    release();
    await first;
    expect(writer.fillShare).toBe(0);
  });

  it("answers within its time although the database stands still, and forgets what queued", async () => {
    const { groups, store, release } = createHeldStore();
    const writer = createEventWriter({ store, concurrency: 1, answerWithinMs: 50 });
    const writes = [writer.write(events("a"))];
    await nextTurn();
    writes.push(writer.write(events("b")));
    const answers = await Promise.allSettled(writes);
    expect(answers.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    // The group under way still counts: the database may hold it.
    expect(writer.backlog).toBe(1);
    release();
    await expect.poll(() => writer.backlog).toBe(0);
    expect(groups).toEqual([["a"]]);
    const next = writer.write(events("c"));
    await nextTurn();
    release();
    expect(await next).toEqual(["stored"]);
  });
});
