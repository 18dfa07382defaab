import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { START, useDeliveries } from "../../test/deliveries.ts";

const test = useTestDatabase();
const use = useDeliveries(test);

describe("deliveries over hours and days", () => {
  it("F27 tries ten times over 75 hours, then gives up and says so once", async () => {
    const { time, clock, loop } = use.openLoop();
    const dead = await use.receiver((response) => response.writeHead(500).end("no"));
    const healthy = await use.receiver();
    const project = await use.openProject(clock);
    const endpoint = await use.endpointFor(project, dead.url);
    await use.endpointFor(project, healthy.url);
    await use.publish(project.projectId);
    const waits = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400];
    for (const seconds of waits) {
      await loop.tick();
      const [{ nextAttemptAt }] = await use.log(project, endpoint.id);
      const wait = (Date.parse(nextAttemptAt) - time.now) / 1000;
      expect(wait).toBeGreaterThanOrEqual(seconds * 0.8);
      expect(wait).toBeLessThanOrEqual(seconds * 1.2);
      time.now = Date.parse(nextAttemptAt);
    }
    await loop.tick();
    const [delivery] = await use.log(project, endpoint.id);
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
    const { time, clock, loop } = use.openLoop();
    let status = 500;
    const flapping = await use.receiver((response) => response.writeHead(status).end());
    const project = await use.openProject(clock);
    const endpoint = await use.endpointFor(project, flapping.url);
    const state = async () =>
      (await project.call("GET", `/v1/webhook-endpoints/${endpoint.id}`)).body;
    const failFor = async (days: number) => {
      const until = time.now + days * 86_400_000;
      await use.publish(project.projectId, time.now);
      await loop.tick();
      time.now = until;
      await use.publish(project.projectId, time.now);
      await loop.tick();
    };
    await failFor(4.9);
    expect(await state()).toMatchObject({ status: "enabled" });
    status = 200;
    time.now += 60_000;
    await use.publish(project.projectId, time.now);
    await loop.tick();
    expect(await state()).toMatchObject({ status: "enabled", failingSince: null });
    status = 500;
    await failFor(4.9);
    expect(await state()).toMatchObject({ status: "enabled" });
    time.now += 0.2 * 86_400_000;
    await use.publish(project.projectId, time.now);
    await loop.tick();
    expect(await state()).toMatchObject({
      status: "disabled",
      disabledReason: "No delivery succeeded for 5 days.",
    });
    status = 410;
    await project.call("PATCH", `/v1/webhook-endpoints/${endpoint.id}`, { status: "enabled" });
    time.now += 60_000;
    await use.publish(project.projectId, time.now);
    await loop.tick();
    expect(await state()).toMatchObject({ status: "disabled" });
  });

  it("F29 waits as long as Retry-After asks, with the endpoint down to one at a time", async () => {
    const { time, clock, loop } = use.openLoop();
    const busy = await use.receiver((response) => {
      response.writeHead(429, { "retry-after": "120" }).end();
    });
    const project = await use.openProject(clock);
    const endpoint = await use.endpointFor(project, busy.url);
    await use.publish(project.projectId);
    await loop.tick();
    const [{ nextAttemptAt }] = await use.log(project, endpoint.id);
    const wait = (Date.parse(nextAttemptAt) - time.now) / 1000;
    expect(wait).toBeGreaterThanOrEqual(120);
    expect(wait).toBeLessThanOrEqual(132);
    for (let i = 0; i < 5; i++) await use.publish(project.projectId);
    expect(await loop.tick()).toBe(0);
    time.now += 133_000;
    expect(await loop.tick()).toBe(1);
  });

  it("F32 signs with both secrets for 24 hours after a rotation, then with the new one only", async () => {
    const { time, clock, loop } = use.openLoop();
    const target = await use.receiver();
    const project = await use.openProject(clock);
    const endpoint = await use.endpointFor(project, target.url);
    const path = `/v1/webhook-endpoints/${endpoint.id}/rotate-secret`;
    const { body: rotated } = await project.call("POST", path);
    const deliver = async () => {
      await use.publish(project.projectId, time.now);
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
});
