import type { Tier, WebhookAccountData, WebhookType } from "@telltale/protocol";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { APP_SECRET, openProject } from "../../test/project.ts";
import { startReceiver } from "../../test/receiver.ts";
import { createLogger } from "../logger.ts";
import { createDeliveryLoop } from "./delivery-loop.ts";
import { publishMessage } from "./publish-message.ts";
import { publishMilestone } from "./publish-milestone.ts";
import { sampleData } from "./sample-data.ts";

const test = useTestDatabase();
const POLICY = { isPrivateAllowed: true, allowedHosts: [] };
const AT = "2026-11-01T00:00:00.000Z";

async function opened() {
  const project = await openProject(test.database, Date.now, POLICY);
  let now = Date.parse(AT);
  const loop = createDeliveryLoop({
    database: test.database,
    clock: () => now,
    appSecret: APP_SECRET,
    logger: createLogger("silent"),
    ...POLICY,
  });
  return {
    ...project,
    loop,
    pass: (ms: number) => {
      now += ms;
    },
    endpoint: async (more: object) =>
      (await project.call("POST", "/v1/webhook-endpoints", more)).body as { id: string },
    publish: (type: WebhookType, more: Partial<WebhookAccountData>) => {
      const data = { ...(sampleData(type, AT) as WebhookAccountData), ...more };
      return publishMessage(test.database.sql, {
        projectId: project.projectId,
        type,
        accountId: data.account.id,
        sequence: data.sequence,
        data,
        at: new Date(now).toISOString(),
      });
    },
  };
}

const bodies = (target: Awaited<ReturnType<typeof startReceiver>>) =>
  target.received.map(({ body }) => JSON.parse(body));

describe("an endpoint's filters", () => {
  it("lets through the tiers that an account comes from or goes to", async () => {
    const { endpoint, publish, loop } = await opened();
    const target = await startReceiver();
    await endpoint({ url: target.url, tiers: ["critical"] });
    const move = (from: Tier, to: Tier, sequence: number) =>
      publish("account.tier_changed", { previousTier: from, tier: to, sequence });
    await move("healthy", "at_risk", 1);
    await move("at_risk", "critical", 2);
    await move("critical", "at_risk", 3);
    await loop.tick();
    expect(bodies(target).map(({ data }) => data.sequence)).toEqual([2, 3]);
    await loop.stop();
    await target.close();
  });

  it("lets through the accounts of its segments", async () => {
    const { endpoint, publish, loop, projectId, call } = await opened();
    const target = await startReceiver();
    await test.database.sql`
      INSERT INTO accounts (project_id, account_id, traits, created_at, first_seen_at, last_seen_at)
      SELECT ${projectId}, id, jsonb_build_object('plan', plan), now(), now(), now()
      FROM (VALUES ('big', 'enterprise'), ('small', 'free')) AS row (id, plan)`;
    const segment = { trait: "plan", operator: "equals", value: "enterprise" };
    await call("POST", "/v1/segments", { key: "ent", name: "Enterprise", rules: [segment] });
    await endpoint({ url: target.url, segments: ["ent"] });
    for (const id of ["big", "small"]) {
      await publish("account.tier_changed", { account: { id, name: null, externalIds: {} } });
    }
    await loop.tick();
    expect(bodies(target).map(({ data }) => data.account.id)).toEqual(["big"]);
    await loop.stop();
    await target.close();
  });
});

describe("a milestone", () => {
  it("tells the state that it found, and is for any tier", async () => {
    const { endpoint, loop, projectId } = await opened();
    const { sql } = test.database;
    const target = await startReceiver();
    await endpoint({ url: target.url, tiers: ["healthy"] });
    await sql`
      WITH known AS (
        INSERT INTO accounts (project_id, account_id, name, created_at, first_seen_at, last_seen_at)
        SELECT ${projectId}, id, upper(id), now(), now(), now()
        FROM unnest('{acme,fresh}'::text[]) AS id
      )
      INSERT INTO account_health (project_id, account_id, score, tier, tier_state, tier_since,
        as_of, sequence)
      VALUES (${projectId}, 'acme', 38.5, 'critical', '{}', now(), now(), 7)`;
    for (const accountId of ["acme", "fresh"]) {
      const reached = { projectId, accountId, milestone: "live", userId: "ann" };
      await publishMilestone(sql, { ...reached, reachedAt: AT, receivedAt: AT });
    }
    await loop.tick();
    const said = bodies(target).map(({ data: { account, score, tier, sequence } }) => [
      ...[account.name, score, tier, sequence],
    ]);
    expect(said.sort()).toEqual([
      ["ACME", 38.5, "critical", 7],
      ["FRESH", null, "unknown", 0],
    ]);
    await loop.stop();
    await target.close();
  });
});

describe("a newer state", () => {
  it("replaces an undelivered older score, and never a tier change or alert", async () => {
    const { endpoint, publish, loop, pass, call } = await opened();
    let status = 500;
    const target = await startReceiver((response) => response.writeHead(status).end());
    const { id } = await endpoint({ url: target.url });
    await publish("account.score_changed", { sequence: 1 });
    await loop.tick();
    status = 200;
    await publish("account.tier_changed", { sequence: 2 });
    await publish("alert.opened", { sequence: 2 });
    await publish("account.score_changed", { sequence: 3 });
    await publish("account.score_changed", { sequence: 4 });
    target.received.length = 0;
    for (let i = 0; i < 4; i++) {
      pass(60_000);
      await loop.tick();
    }
    const got = bodies(target).map(({ type, data }) => `${type} ${data.sequence}`);
    expect(got.sort()).toEqual([
      "account.score_changed 4",
      "account.tier_changed 2",
      "alert.opened 2",
    ]);
    const log = await call("GET", `/v1/webhook-endpoints/${id}/deliveries?status=superseded`);
    expect(log.body.data).toHaveLength(2);
    await loop.stop();
    await target.close();
  });
});
