import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { Analytics } from "@segment/analytics-node";
import { beforeEach, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "./collector.ts";
import { useTestDatabase } from "./database.ts";
import { withPort } from "./server.ts";

const test = useTestDatabase();

/** What a server-side library says about three people of one account. */
interface Speaker {
  identify(userId: string): void;
  group(userId: string): void;
  track(userId: string): void;
  page(userId: string): void;
  alias(userId: string, previousId: string): void;
  /** Resolves when all is delivered. */
  finish(): Promise<unknown>;
}

const traits = { name: "Acme", plan: "pro" };
const use = { event: "Feature Used", properties: { feature: "export" } };

function speakSegment(url: string, writeKey: string): Speaker {
  const analytics = new Analytics({ writeKey, host: url, flushAt: 5 });
  const errors: unknown[] = [];
  analytics.on("error", (error) => errors.push(error));
  return {
    identify: (userId) => analytics.identify({ userId, traits: { role: "admin" } }),
    group: (userId) => analytics.group({ userId, groupId: "acme", traits }),
    track: (userId) => analytics.track({ userId, ...use }),
    page: (userId) => analytics.page({ userId, name: "Reports" }),
    alias: (userId, previousId) => analytics.alias({ userId, previousId }),
    async finish() {
      await analytics.closeAndFlush();
      expect(errors).toEqual([]);
    },
  };
}

function speakRudder(url: string, writeKey: string): Speaker {
  const errors: unknown[] = [];
  const analytics = new RudderAnalytics(writeKey, {
    dataPlaneUrl: url,
    flushAt: 5,
    flushInterval: 100,
    errorHandler: (error: unknown) => errors.push(error),
  });
  const told: Promise<void>[] = [];
  /** It has no end that waits for all; its callbacks tell of each. */
  const tell = (say: (done: () => void) => void) => told.push(new Promise((done) => say(done)));
  return {
    identify: (userId) =>
      void tell((done) => analytics.identify({ userId, traits: { role: "admin" } }, done)),
    group: (userId) =>
      void tell((done) => analytics.group({ userId, groupId: "acme", traits }, done)),
    track: (userId) => void tell((done) => analytics.track({ userId, ...use }, done)),
    page: (userId) => void tell((done) => analytics.page({ userId, name: "Reports" }, done)),
    alias: (userId, previousId) =>
      void tell((done) => analytics.alias({ userId, previousId }, done)),
    async finish() {
      await analytics.flush();
      await Promise.all(told);
      expect(errors).toEqual([]);
    },
  };
}

describe.each([
  ["@segment/analytics-node", speakSegment],
  ["@rudderstack/rudder-sdk-node", speakRudder],
])("%s, unchanged", (library, speak) => {
  let collector: TestCollector;

  beforeEach(async () => {
    collector = await createTestCollector(test.database, { now: Date.now() });
  });

  /** Events by type, and how many of them are there twice. */
  async function countStored() {
    const rows = await test.database.sql<{ type: string; count: number; ids: number }[]>`
      SELECT type, count(*)::int AS count, count(DISTINCT message_id)::int AS ids FROM events
      WHERE project_id = ${collector.projectId} GROUP BY type`;
    return Object.fromEntries(rows.map(({ type, count, ids }) => [type, [count, ids]]));
  }

  it("delivers identify, group, track, page and alias into an account's health", async () => {
    await withPort(collector, async (url) => {
      const speaker = speak(url, collector.writeKey);
      for (const userId of ["ann", "bob", "cy"]) {
        speaker.identify(userId);
        speaker.group(userId);
        for (let times = 0; times < 5; times += 1) speaker.track(userId);
        speaker.page(userId);
        speaker.alias(userId, `visitor of ${userId}`);
      }
      await speaker.finish();
    });
    expect(await countStored()).toEqual({
      identify: [3, 3],
      group: [3, 3],
      track: [15, 15],
      page: [3, 3],
      alias: [3, 3],
    });
    await collector.settle();
    const account = await (await collector.call("GET", "/v1/accounts/acme")).json();
    expect(account).toMatchObject({ id: "acme", name: "Acme", traits: { plan: "pro" } });
    const response = await collector.call("GET", "/v1/accounts/acme/health");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ accountId: "acme" });
    const [usage] = await test.database.sql`
      SELECT sum(count)::int AS count, count(DISTINCT user_id)::int AS users
      FROM daily_usage WHERE project_id = ${collector.projectId} AND account_id = 'acme'
        AND event = 'Feature Used'`;
    expect(usage).toEqual({ count: 15, users: 3 });
    const aliases = await test.database.sql`
      SELECT 1 FROM user_aliases WHERE project_id = ${collector.projectId}`;
    expect(aliases).toHaveLength(3);
  });

  it("waits as long as a 429 asks, and delivers once although an answer got lost", async () => {
    const arrivals: number[] = [];
    const answers: ((request: Request) => Response | Promise<Response>)[] = [
      () => new Response("", { status: 429, headers: { "retry-after": "2" } }),
      async (request) => {
        await collector.app.fetch(request);
        return new Response("", { status: 503, headers: { "retry-after": "1" } });
      },
    ];
    const flaky = (request: Request) => {
      arrivals.push(performance.now());
      const answer = answers.shift();
      return answer ? answer(request) : collector.app.fetch(request);
    };
    const app = { fetch: flaky } as TestCollector["app"];
    await withPort({ app }, async (url) => {
      const speaker = speak(url, collector.writeKey);
      for (let times = 0; times < 5; times += 1) speaker.track("ann");
      await speaker.finish();
    });
    const [refused = 0, lost = 0] = arrivals;
    const gaps = arrivals.slice(1).map((at, nth) => Math.round(at - (arrivals[nth] ?? 0)));
    console.log(`${library}: ${arrivals.length} requests, ${gaps.join(" and ")} ms apart`);
    expect(lost - refused).toBeGreaterThanOrEqual(2_000);
    expect(arrivals.length).toBeLessThanOrEqual(4);
    expect(await countStored()).toEqual({ track: [5, 5] });
  });
});
