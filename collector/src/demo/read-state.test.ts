import { expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { ensureDemoEndpoint } from "./ensure-endpoint.ts";
import { readState } from "./read-state.ts";

const test = useTestDatabase();
const APP_SECRET = "a secret of at least thirty-two characters";
const receiverAt = (port: number) => ({
  host: `127.0.0.1:${port}`,
  url: `http://127.0.0.1:${port}/webhooks`,
});

const click = (groupId: string, feature: string) => ({
  type: "track",
  event: "Feature Used",
  userId: `user of ${groupId}`,
  properties: { feature },
  context: { groupId },
});

it("shows the demo account's events of the last hour, newest first, and nobody else's", async () => {
  const collector = await createTestCollector(test.database);
  await collector.send(click("northwind-studio", "too-old"));
  collector.now += 2 * 3_600_000;
  await collector.send(click("northwind-studio", "export"));
  await collector.send(click("somebody-else", "export"));
  collector.now += 1_000;
  await collector.send(click("northwind-studio", "remind"));
  const state = await readState({
    sql: test.database.sql,
    clock: collector.clock,
    projectId: collector.projectId,
    endpointId: null,
    findVerified: async () => new Set(),
    filledShare: () => 1,
  });
  expect(state.events.map(({ name, detail }) => [name, detail])).toEqual([
    ["Feature Used", "remind"],
    ["Feature Used", "export"],
  ]);
  expect(state.health).toBeNull();
});

it("calls a webhook verified only when the receiver said so", async () => {
  const collector = await createTestCollector(test.database);
  const { db, sql } = test.database;
  const deps = { db, clock: collector.clock, appSecret: APP_SECRET };
  const endpointId = await ensureDemoEndpoint(deps, collector.projectId, receiverAt(4801));
  await collector.send(click("northwind-studio", "export"), {
    type: "track",
    event: "Milestone Reached",
    userId: "user of northwind-studio",
    properties: { milestone: "first-invoice" },
    context: { groupId: "northwind-studio" },
  });
  const look = (verified: string[]) =>
    readState({
      sql,
      clock: collector.clock,
      projectId: collector.projectId,
      endpointId,
      findVerified: async () => new Set(verified),
      filledShare: () => 1,
    });
  const [before] = (await look([])).webhooks;
  expect(before).toMatchObject({ type: "milestone.reached", status: "pending", signature: null });
  const [after] = (await look([before?.id ?? ""])).webhooks;
  expect(after?.signature).toBe("verified");
});

it("tells the endpoint of an earlier start where the receiver is now", async () => {
  const collector = await createTestCollector(test.database);
  const deps = { db: test.database.db, clock: collector.clock, appSecret: APP_SECRET };
  const first = await ensureDemoEndpoint(deps, collector.projectId, receiverAt(4801));
  const second = await ensureDemoEndpoint(deps, collector.projectId, receiverAt(4802));
  expect(second).toBe(first);
  const answer = await collector.call("GET", "/v1/webhook-endpoints");
  const { data } = (await answer.json()) as { data: { url: string }[] };
  expect(data.map(({ url }) => url)).toEqual(["http://127.0.0.1:4802/webhooks"]);
});
