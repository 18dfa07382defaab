import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { START, useDeliveries } from "../../test/deliveries.ts";

const test = useTestDatabase();
const use = useDeliveries(test);

describe("the delivery loop", () => {
  it("delivers a message that the official verifier accepts", async () => {
    const { loop } = use.openLoop({ clock: Date.now });
    const target = await use.receiver();
    const project = await use.openProject(Date.now);
    const endpoint = await use.endpointFor(project, target.url);
    const id = await use.publish(project.projectId, Date.now() - 1);
    expect(await loop.tick()).toBe(1);
    const [got] = target.received;
    expect(got?.headers["webhook-id"]).toBe(id);
    expect(got?.headers["content-type"]).toBe("application/json");
    const verified = new Webhook(endpoint.secret).verify(
      got?.body ?? "",
      got?.headers as Record<string, string>,
    );
    expect(verified).toMatchObject({ type: "milestone.reached", data: { note: "grüße 👋" } });
    const [delivery] = await use.log(project, endpoint.id);
    expect(delivery).toMatchObject({ status: "succeeded", attemptCount: 1 });
    expect(delivery.attempts).toMatchObject([{ attempt: 1, responseStatus: 204 }]);
    expect(await loop.tick()).toBe(0);
  });

  it("F25 does not follow a redirect", async () => {
    const { clock, loop } = use.openLoop();
    const inside = await use.receiver();
    const outside = await use.receiver((response) => {
      response.writeHead(302, { location: inside.url }).end();
    });
    const project = await use.openProject(clock);
    const endpoint = await use.endpointFor(project, outside.url);
    await use.publish(project.projectId);
    await loop.tick();
    expect([outside.received.length, inside.received.length]).toEqual([1, 0]);
    const [delivery] = await use.log(project, endpoint.id);
    expect(delivery).toMatchObject({ status: "pending", attempts: [{ responseStatus: 302 }] });
  });

  it("F24 refuses a name that leads inside, whatever it led to before", async () => {
    const inside = await use.receiver();
    const port = new URL(inside.url).port;
    const answers = [
      [{ address: "93.184.216.34", family: 4 }],
      [{ address: "127.0.0.1", family: 4 }],
    ];
    const { clock, loop } = use.openLoop({
      isPrivateAllowed: false,
      lookup: (_name, _options, callback) => callback(null, answers[1] ?? []),
    });
    const project = await use.openProject(clock, {
      isPrivateAllowed: false,
      allowedHosts: [],
      lookup: (_name, _options, callback) => callback(null, answers[0] ?? []),
    });
    const endpoint = await use.endpointFor(project, `http://rebinding.example:${port}/`);
    await use.publish(project.projectId);
    await loop.tick();
    expect(inside.received).toHaveLength(0);
    const [delivery] = await use.log(project, endpoint.id);
    expect(delivery).toMatchObject({ status: "failed", failureReason: "blocked_address" });
  });

  it("reaches a private receiver that is on the list of allowed hosts, and no other", async () => {
    const [mine, other] = [await use.receiver(), await use.receiver()];
    const policy = { isPrivateAllowed: false, allowedHosts: [mine.host] };
    const { clock, loop } = use.openLoop(policy);
    const project = await use.openProject(clock, policy);
    await use.endpointFor(project, mine.url);
    const refused = await project.call("POST", "/v1/webhook-endpoints", { url: other.url });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].pointer).toBe("/url");
    await use.publish(project.projectId);
    await loop.tick();
    expect(mine.received).toHaveLength(1);
  });

  it("F30 leaves what a killed worker held to another when its lease is over", async () => {
    const { time, clock, loop } = use.openLoop({ leaseMs: 30_000 });
    const target = await use.receiver();
    const project = await use.openProject(clock);
    await use.endpointFor(project, target.url);
    await use.publish(project.projectId);
    await test.database.sql`
      UPDATE webhook_deliveries SET leased_until = ${new Date(START + 30_000).toISOString()}::timestamptz
      WHERE project_id = ${project.projectId}`;
    expect(await loop.tick()).toBe(0);
    time.now += 30_000;
    expect(await loop.tick()).toBe(1);
    expect(target.received).toHaveLength(1);
  });

  it("keeps a slow endpoint from delaying a healthy one", async () => {
    const answers: (() => void)[] = [];
    const slow = await use.receiver((response) => {
      answers.push(() => response.writeHead(200).end());
    });
    const healthy = await use.receiver();
    const { loop } = use.openLoop({ clock: Date.now });
    const project = await use.openProject(Date.now);
    await use.endpointFor(project, slow.url);
    await use.endpointFor(project, healthy.url);
    for (let i = 0; i < 40; i++) await use.publish(project.projectId, Date.now() - 1);
    loop.start();
    await expect.poll(() => healthy.received.length, { timeout: 12_000 }).toBe(40);
    expect(slow.received).toHaveLength(1);
    for (const answer of answers) answer();
  });
});
