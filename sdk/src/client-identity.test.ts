import { describe, expect, it, vi } from "vitest";
import { collector, delivered, standInForCollector, start, stored } from "./testing/collector.ts";

standInForCollector();

/** The answer to a batch of which nothing was proved. */
const UNPROVEN = { status: 403, body: { errors: [{ pointer: "/batch/0", detail: "expired" }] } };

describe("who the events of a client belong to", () => {
  it.each(["account", "identify"])(
    "gives held events to the user and the account that come, %s first",
    async (first) => {
      const client = start({ waitForIdentityMs: 5_000 });
      client.track("A");
      await client.flush();
      expect(delivered()).toEqual([]);
      if (first === "account") client.account("acme");
      client.identify("u1");
      client.account("acme");
      await client.flush();
      expect(delivered().find(({ event }) => event === "A")).toMatchObject({
        userId: "u1",
        context: { groupId: "acme" },
      });
    },
  );

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

  it("sends the proof of identity with the batches of its person only", async () => {
    const client = start();
    client.identify("u1", {}, { token: "jwt-1" });
    client.track("A");
    client.reset();
    client.track("B");
    await client.flush();
    expect(
      collector.bodies.map(({ batch, context }) => [batch.at(-1)?.event, context?.token]),
    ).toEqual([
      ["A", "jwt-1"],
      ["B", undefined],
    ]);
    client.identify("u1", {}, { token: "jwt-2" });
    await client.flush();
    expect(collector.bodies.at(-1)?.context?.token).toBe("jwt-2");
  });

  it("keeps events whose proof was refused, tells the page, and sends them with the next proof", async () => {
    const client = start({ flushIntervalMs: 20 });
    client.on("$identity_refused", () => client.identify("u1", undefined, { token: "fresh" }));
    client.identify("u1", undefined, { token: "expired" });
    client.track("A");
    collector.answer = ({ context }) => (context?.token === "fresh" ? {} : UNPROVEN);
    await client.flush();
    await vi.waitFor(() => expect(collector.bodies).toHaveLength(2), 5_000);
    const [refused, accepted] = collector.bodies;
    expect([refused?.context?.token, accepted?.context?.token]).toEqual(["expired", "fresh"]);
    expect(accepted?.batch).toEqual(refused?.batch);
    expect(accepted?.dropped).toEqual({});
  });

  it("lets no refused batch of another person hold anybody up", async () => {
    const client = start({ flushIntervalMs: 20 });
    const refused = vi.fn(() => client.reset());
    client.on("$identity_refused", refused);
    client.identify("u1", undefined, { token: "expired" });
    collector.answer = ({ context }) => (context?.token === "good" ? {} : UNPROVEN);
    await client.flush();
    client.identify("u2", undefined, { token: "good" });
    client.track("A");
    await vi.waitFor(() => expect(collector.bodies).toHaveLength(3), 5_000);
    const [first, again, next] = collector.bodies;
    expect(again?.batch).toEqual(first?.batch);
    expect(next?.batch).toMatchObject([{ type: "identify", userId: "u2" }, { event: "A" }]);
    expect(next?.dropped).toEqual({ rejected: 1 });
    expect(refused).toHaveBeenCalledOnce();
  });

  it("keeps what earlier pages left until the page has fetched its proof", async () => {
    const options = { flushIntervalMs: 20 };
    start(options).identify("u1");
    await Promise.resolve();
    const client = start(options);
    client.on("$identity_refused", () => client.identify("u1", undefined, { token: "good" }));
    collector.answer = ({ context }) => (context?.token ? {} : UNPROVEN);
    await client.flush();
    const isProved = () => collector.bodies.find(({ context }) => context?.token);
    await vi.waitFor(() => expect(isProved()).toBeDefined(), 5_000);
    expect(isProved()).toMatchObject({ batch: [{ type: "identify", userId: "u1" }], dropped: {} });
  });

  it("gives up what is refused for another reason than its proof", async () => {
    const client = start();
    const refused = vi.fn();
    client.on("$identity_refused", refused);
    client.identify("u1", undefined, { token: "good" });
    collector.answer = () => ({ status: 403 });
    await client.flush();
    expect(stored().filter((key) => key.includes("."))).toEqual([]);
    expect(refused).not.toHaveBeenCalled();
  });

  it("identifies once when the same user is named again without traits", async () => {
    const client = start({ userId: "u1" });
    client.identify("u1");
    client.account("acme");
    client.account("acme");
    await client.flush();
    expect(delivered().map(({ type }) => type)).toEqual(["identify", "group"]);
  });

  it("sends new traits of the same user, and the visitor's id only where it becomes the user", async () => {
    const client = start({ userId: "u1" });
    client.identify("u1", { plan: "pro" });
    client.track("A");
    await client.flush();
    const [first, second, track] = delivered();
    expect(second).toMatchObject({ type: "identify", traits: { plan: "pro" } });
    expect(second?.anonymousId).toBe(first?.anonymousId);
    expect(track).toMatchObject({ event: "A", userId: "u1" });
    expect(track?.anonymousId).toBeUndefined();
  });

  it("stays in one session as long as no gap between two events is 30 minutes", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const client = start();
    for (const _ of [1, 2, 3]) {
      client.track("A");
      await Promise.resolve();
      vi.setSystemTime(Date.now() + 29 * 60_000);
    }
    vi.setSystemTime(Date.now() + 60_000);
    client.track("B");
    await client.flush();
    vi.useRealTimers();
    const sessions = delivered().map(({ context }) => context?.sessionId);
    expect(new Set(sessions.slice(0, 3)).size).toBe(1);
    expect(sessions[3]).not.toBe(sessions[0]);
  });

  it("takes numbers for ids, and nothing that storage cannot hold", async () => {
    const client = start();
    client.identify(42 as never);
    client.identify("42");
    client.account(7n as never);
    await Promise.resolve();
    client.identify(Symbol() as never);
    client.track("A");
    await client.flush();
    expect(delivered().map(({ type }) => type)).toEqual(["identify", "group", "track"]);
    expect(delivered().at(-1)).toMatchObject({ userId: "42", context: { groupId: "7" } });
  });

  it("takes account and user from its options", async () => {
    const client = start({ userId: "u1", accountId: "acme" });
    client.track("A");
    await client.flush();
    expect(delivered().at(-1)).toMatchObject({ userId: "u1", context: { groupId: "acme" } });
  });

  it("lets go what was held when identity does not come in time", async () => {
    const client = start({ waitForIdentityMs: 20 });
    client.track("A");
    await vi.waitFor(async () => {
      await client.flush();
      expect(delivered().map(({ event }) => event)).toEqual(["A"]);
    });
  });
});
