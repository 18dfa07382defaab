import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { APP_SECRET, openProject } from "../../test/project.ts";
import { startReceiver, type TestReceiver } from "../../test/receiver.ts";
import { createLogger } from "../logger.ts";
import { createDeliveryLoop, type DeliveryLoopOptions } from "./delivery-loop.ts";
import { publishMessage } from "./publish-message.ts";

const test = useTestDatabase();
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function receiver(...args: Parameters<typeof startReceiver>): Promise<TestReceiver> {
  const started = await startReceiver(...args);
  opened.push(started);
  return started;
}

const POLICY = { isPrivateAllowed: true, allowedHosts: [] };
const START = Date.parse("2026-11-01T00:00:00Z");

function setUp(options: Partial<DeliveryLoopOptions> = {}) {
  const time = { now: START };
  const clock = () => time.now;
  const loop = createDeliveryLoop({
    database: test.database,
    clock,
    appSecret: APP_SECRET,
    logger: createLogger("silent"),
    ...POLICY,
    ...options,
  });
  opened.push({ close: () => loop.stop() });
  return { time, clock, loop };
}

async function endpointFor(project: Awaited<ReturnType<typeof openProject>>, url: string) {
  const { status, body } = await project.call("POST", "/v1/webhook-endpoints", { url });
  expect(status).toBe(201);
  return body as { id: string; secret: string };
}

function publish(projectId: string, more: { at?: number; accountId?: string } = {}) {
  return publishMessage(test.database.sql, {
    projectId,
    type: "milestone.reached",
    accountId: more.accountId ?? "acme",
    sequence: null,
    data: { schemaVersion: 1, milestone: "first_report", note: "grüße 👋" },
    at: new Date(more.at ?? START).toISOString(),
  });
}

const log = async (project: Awaited<ReturnType<typeof openProject>>, id: string) =>
  (await project.call("GET", `/v1/webhook-endpoints/${id}/deliveries`)).body.data;

describe("the delivery loop", () => {
  it("delivers a message that the official verifier accepts", async () => {
    const { clock, loop } = setUp({ clock: Date.now });
    void clock;
    const target = await receiver();
    const project = await openProject(test.database, Date.now, POLICY);
    const endpoint = await endpointFor(project, target.url);
    const id = await publish(project.projectId, { at: Date.now() - 1 });
    expect(await loop.tick()).toBe(1);
    const [got] = target.received;
    expect(got?.headers["webhook-id"]).toBe(id);
    expect(got?.headers["content-type"]).toBe("application/json");
    const verified = new Webhook(endpoint.secret).verify(
      got?.body ?? "",
      got?.headers as Record<string, string>,
    );
    expect(verified).toMatchObject({ type: "milestone.reached", data: { note: "grüße 👋" } });
    const [delivery] = await log(project, endpoint.id);
    expect(delivery).toMatchObject({ status: "succeeded", attemptCount: 1 });
    expect(delivery.attempts).toMatchObject([{ attempt: 1, responseStatus: 204 }]);
    expect(await loop.tick()).toBe(0);
  });

  it("F27 tries ten times over 75 hours, then gives up and says so once", async () => {
    const { time, clock, loop } = setUp();
    const dead = await receiver((response) => response.writeHead(500).end("no"));
    const healthy = await receiver();
    const project = await openProject(test.database, clock, POLICY);
    const endpoint = await endpointFor(project, dead.url);
    await endpointFor(project, healthy.url);
    await publish(project.projectId);
    const waits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
    for (const seconds of waits) {
      await loop.tick();
      const [{ nextAttemptAt }] = await log(project, endpoint.id);
      const wait = (Date.parse(nextAttemptAt) - time.now) / 1000;
      expect(wait).toBeGreaterThanOrEqual(seconds * 0.8);
      expect(wait).toBeLessThanOrEqual(seconds * 1.2);
      time.now = Date.parse(nextAttemptAt);
    }
    await loop.tick();
    const [delivery] = await log(project, endpoint.id);
    expect(delivery).toMatchObject({ status: "failed", failureReason: "exhausted" });
    expect(dead.received).toHaveLength(10);
    const hours = (time.now - START) / 3_600_000;
    expect(hours).toBeGreaterThan(75.59 * 0.8);
    expect(hours).toBeLessThan(75.59 * 1.2);
    await loop.tick();
    const notices = healthy.received.filter(
      ({ body }) => JSON.parse(body).type === "data.incident",
    );
    expect(notices).toHaveLength(1);
  });

  it("F28 disables at once on 410, after 5 days of nothing but failures, and not before", async () => {
    const { time, clock, loop } = setUp();
    let status = 500;
    const flapping = await receiver((response) => response.writeHead(status).end());
    const project = await openProject(test.database, clock, POLICY);
    const endpoint = await endpointFor(project, flapping.url);
    const state = async () =>
      (await project.call("GET", `/v1/webhook-endpoints/${endpoint.id}`)).body;
    const failFor = async (days: number) => {
      const until = time.now + days * 86_400_000;
      await publish(project.projectId, { at: time.now });
      await loop.tick();
      time.now = until;
      await publish(project.projectId, { at: time.now });
      await loop.tick();
    };
    await failFor(4.9);
    expect(await state()).toMatchObject({ status: "enabled" });
    status = 200;
    time.now += 60_000;
    await publish(project.projectId, { at: time.now });
    await loop.tick();
    expect(await state()).toMatchObject({ status: "enabled", failingSince: null });
    status = 500;
    await failFor(4.9);
    expect(await state()).toMatchObject({ status: "enabled" });
    time.now += 0.2 * 86_400_000;
    await publish(project.projectId, { at: time.now });
    await loop.tick();
    expect(await state()).toMatchObject({
      status: "disabled",
      disabledReason: "No delivery succeeded for 5 days.",
    });
    status = 410;
    await project.call("PATCH", `/v1/webhook-endpoints/${endpoint.id}`, { status: "enabled" });
    time.now += 60_000;
    await publish(project.projectId, { at: time.now });
    await loop.tick();
    expect(await state()).toMatchObject({ status: "disabled" });
  });

  it("F29 waits as long as Retry-After asks, with the endpoint down to one at a time", async () => {
    const { time, clock, loop } = setUp();
    const busy = await receiver((response) => {
      response.writeHead(429, { "retry-after": "120" }).end();
    });
    const project = await openProject(test.database, clock, POLICY);
    const endpoint = await endpointFor(project, busy.url);
    await publish(project.projectId);
    await loop.tick();
    const [{ nextAttemptAt }] = await log(project, endpoint.id);
    const wait = (Date.parse(nextAttemptAt) - time.now) / 1000;
    expect(wait).toBeGreaterThanOrEqual(120);
    expect(wait).toBeLessThanOrEqual(132);
    for (let i = 0; i < 5; i++) await publish(project.projectId);
    expect(await loop.tick()).toBe(0);
    time.now += 133_000;
    expect(await loop.tick()).toBe(1);
  });

  it("F25 does not follow a redirect", async () => {
    const { clock, loop } = setUp();
    const inside = await receiver();
    const outside = await receiver((response) => {
      response.writeHead(302, { location: inside.url }).end();
    });
    const project = await openProject(test.database, clock, POLICY);
    const endpoint = await endpointFor(project, outside.url);
    await publish(project.projectId);
    await loop.tick();
    expect([outside.received.length, inside.received.length]).toEqual([1, 0]);
    const [delivery] = await log(project, endpoint.id);
    expect(delivery).toMatchObject({ status: "pending", attempts: [{ responseStatus: 302 }] });
  });

  it("F32 signs with both secrets for 24 hours after a rotation, then with the new one only", async () => {
    const { time, clock, loop } = setUp();
    const target = await receiver();
    const project = await openProject(test.database, clock, POLICY);
    const endpoint = await endpointFor(project, target.url);
    const path = `/v1/webhook-endpoints/${endpoint.id}/rotate-secret`;
    const { body: rotated } = await project.call("POST", path);
    const deliver = async () => {
      await publish(project.projectId, { at: time.now });
      await loop.tick();
      const signatures = String(target.received.at(-1)?.headers["webhook-signature"]).split(" ");
      const { body = "", headers } = target.received.at(-1) ?? {};
      const expected = (secret: string) =>
        new Webhook(secret).sign(String(headers?.["webhook-id"]), new Date(time.now), body);
      return {
        isOldGood: signatures.includes(expected(endpoint.secret)),
        isNewGood: signatures.includes(expected(rotated.secret)),
      };
    };
    expect(await deliver()).toEqual({ isOldGood: true, isNewGood: true });
    time.now = START + 24 * 3_600_000 - 1_000;
    expect(await deliver()).toEqual({ isOldGood: true, isNewGood: true });
    time.now = START + 24 * 3_600_000 + 1_000;
    expect(await deliver()).toEqual({ isOldGood: false, isNewGood: true });
  });

  it("F24 refuses a name that leads inside, whatever it led to before", async () => {
    const inside = await receiver();
    const port = new URL(inside.url).port;
    const answers = [
      [{ address: "93.184.216.34", family: 4 }],
      [{ address: "127.0.0.1", family: 4 }],
    ];
    const { clock, loop } = setUp({
      isPrivateAllowed: false,
      lookup: (_name, _options, callback) => callback(null, answers[1] ?? []),
    });
    const project = await openProject(test.database, clock, {
      isPrivateAllowed: false,
      allowedHosts: [],
      lookup: (_name, _options, callback) => callback(null, answers[0] ?? []),
    });
    const endpoint = await endpointFor(project, `http://rebinding.example:${port}/`);
    await publish(project.projectId);
    await loop.tick();
    expect(inside.received).toHaveLength(0);
    const [delivery] = await log(project, endpoint.id);
    expect(delivery).toMatchObject({ status: "failed", failureReason: "blocked_address" });
  });

  it("reaches a private receiver that is on the list of allowed hosts, and no other", async () => {
    const [mine, other] = [await receiver(), await receiver()];
    const policy = { isPrivateAllowed: false, allowedHosts: [mine.host] };
    const { clock, loop } = setUp(policy);
    const project = await openProject(test.database, clock, policy);
    await endpointFor(project, mine.url);
    const refused = await project.call("POST", "/v1/webhook-endpoints", { url: other.url });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].pointer).toBe("/url");
    await publish(project.projectId);
    await loop.tick();
    expect(mine.received).toHaveLength(1);
  });

  it("F30 leaves what a killed worker held to another when its lease is over", async () => {
    const { time, clock, loop } = setUp({ leaseMs: 30_000 });
    const target = await receiver();
    const project = await openProject(test.database, clock, POLICY);
    await endpointFor(project, target.url);
    await publish(project.projectId);
    await test.database.sql`
      UPDATE webhook_deliveries SET leased_until = ${new Date(START + 30_000).toISOString()}::timestamptz
      WHERE project_id = ${project.projectId}`;
    expect(await loop.tick()).toBe(0);
    time.now += 30_000;
    expect(await loop.tick()).toBe(1);
    expect(target.received).toHaveLength(1);
  });

  it("keeps a slow endpoint from delaying a healthy one", async () => {
    const slow = await receiver((response) => {
      setTimeout(() => response.writeHead(200).end(), 1_500);
    });
    const healthy = await receiver();
    const { loop } = setUp({ clock: Date.now });
    const project = await openProject(test.database, Date.now, POLICY);
    await endpointFor(project, slow.url);
    await endpointFor(project, healthy.url);
    for (let i = 0; i < 40; i++) await publish(project.projectId, { at: Date.now() - 1 });
    loop.start();
    await expect.poll(() => healthy.received.length, { timeout: 1_400 }).toBe(40);
    expect(slow.received.length).toBeLessThanOrEqual(4);
  });
});
