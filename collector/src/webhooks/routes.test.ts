import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { APP_SECRET, openProject } from "../../test/project.ts";
import { startReceiver } from "../../test/receiver.ts";
import { createLogger } from "../logger.ts";
import { createDeliveryLoop } from "./delivery-loop.ts";

const test = useTestDatabase();
const PATH = "/v1/webhook-endpoints";
const POLICY = { isPrivateAllowed: true, allowedHosts: [] };
const NOWHERE = "0190a0a0-0000-7000-8000-000000000000";

describe("/v1/webhook-endpoints", () => {
  it("shows the secret once, at creation", async () => {
    const project = await openProject(test.database, Date.now, POLICY);
    const { status, body } = await project.call("POST", PATH, {
      url: "https://receiver.example/webhooks",
      types: ["alert.opened"],
    });
    expect(status).toBe(201);
    expect(body.secret).toMatch(/^whsec_/);
    const read = await project.call("GET", `${PATH}/${body.id}`);
    expect(read.body).toMatchObject({ types: ["alert.opened"], status: "enabled" });
    expect(read.body).not.toHaveProperty("secret");
    const [row] = await test.database.sql<{ sealed: string }[]>`
      SELECT encode(secret_encrypted, 'escape') AS sealed FROM webhook_endpoints
      WHERE id = ${body.id}`;
    expect(row?.sealed).not.toContain(body.secret.slice(6));
  });

  it("pages through the endpoints of this project only", async () => {
    const [mine, other] = [
      await openProject(test.database, Date.now, POLICY),
      await openProject(test.database, Date.now, POLICY),
    ];
    for (let i = 0; i < 3; i++) await mine.call("POST", PATH, { url: `https://a.example/${i}` });
    await other.call("POST", PATH, { url: "https://b.example/" });
    const first = (await mine.call("GET", `${PATH}?limit=2`)).body;
    const second = (await mine.call("GET", `${PATH}?limit=2&cursor=${first.nextCursor}`)).body;
    const urls = [...first.data, ...second.data].map(({ url }: { url: string }) => url);
    expect(urls).toEqual(["https://a.example/0", "https://a.example/1", "https://a.example/2"]);
    expect(second.nextCursor).toBeNull();
  });

  it("answers 404 for another project's endpoint on every path", async () => {
    const owner = await openProject(test.database, Date.now, POLICY);
    const stranger = await openProject(test.database, Date.now, POLICY);
    const { id } = (await owner.call("POST", PATH, { url: "https://a.example/" })).body;
    const one = `${PATH}/${id}`;
    const calls: [string, string, unknown?][] = [
      ["GET", one],
      ["PATCH", one, { description: "mine" }],
      ["DELETE", one],
      ["POST", `${one}/test`],
      ["POST", `${one}/rotate-secret`],
      ["GET", `${one}/deliveries`],
      ["GET", `${one}/deliveries/${NOWHERE}`],
      ["POST", `${one}/deliveries/${NOWHERE}/resend`],
      ["POST", `${one}/replay`, { from: "2026-01-01T00:00:00Z" }],
    ];
    for (const [method, path, body] of calls) {
      expect([path, (await stranger.call(method, path, body)).status]).toEqual([path, 404]);
    }
    expect((await owner.call("GET", one)).status).toBe(200);
  });

  it("names the fault of a bad request", async () => {
    const project = await openProject(test.database);
    const bad = await project.call("POST", PATH, { url: "ftp://a.example", types: ["nonsense"] });
    expect(bad.status).toBe(400);
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      "/url",
      "/types/0",
    ]);
    const inside = await project.call("POST", PATH, { url: "http://169.254.169.254/latest" });
    expect(inside.body.errors[0].pointer).toBe("/url");
    const zendesk = { url: "https://a.example/", format: "zendesk" };
    const credentials = { email: "agent@a.example", token: " tok-1\n" };
    const made = await project.call("POST", PATH, { ...zendesk, credentials });
    const one = `${PATH}/${made.body.id}`;
    const faulty: [string, string, object, string][] = [
      ["PATCH", one, { credentials: { token: "tok-2" } }, "/credentials/email"],
      ["PATCH", one, { credentials: { ...credentials, token: "a\nb" } }, "/credentials/token"],
      ["POST", `${one}/replay`, { from: "0000-01-01T00:00:00Z" }, "/from"],
      ["POST", `${one}/replay`, { from: "9999-12-31T23:59:59-14:00" }, "/from"],
      [
        "POST",
        `${one}/replay`,
        { from: "2026-02-01T00:00:00Z", to: "2026-02-01T01:00:00+01:00" },
        "/to",
      ],
    ];
    for (const [method, path, body, pointer] of faulty) {
      const answer = await project.call(method, path, body);
      expect([body, answer.status, answer.body.errors?.[0].pointer]).toEqual([body, 400, pointer]);
    }
    const withPassword = await project.call("POST", PATH, { url: "https://me:pw@a.example/" });
    expect(withPassword.status).toBe(400);
  });

  it("pings, logs request and response, resends with the same id, and replays a span", async () => {
    const target = await startReceiver((response) => response.writeHead(200).end("thanks"));
    const project = await openProject(test.database, Date.now, POLICY);
    const { id, secret } = (await project.call("POST", PATH, { url: target.url })).body;
    const loop = createDeliveryLoop({
      database: test.database,
      clock: Date.now,
      appSecret: APP_SECRET,
      logger: createLogger("silent"),
      ...POLICY,
    });
    const ping = await project.call("POST", `${PATH}/${id}/test`);
    expect(ping.status).toBe(202);
    await loop.tick();
    const [got] = target.received;
    const verified = new Webhook(secret).verify(
      got?.body ?? "",
      got?.headers as Record<string, string>,
    );
    expect(verified).toMatchObject({ type: "ping", data: { isTest: true } });
    const one = `${PATH}/${id}/deliveries/${ping.body.deliveryId}`;
    expect((await project.call("GET", one)).body).toMatchObject({
      status: "succeeded",
      body: got?.body,
      attempts: [{ responseStatus: 200, responseBody: "thanks" }],
    });
    await project.call("POST", `${one}/resend`);
    await loop.tick();
    expect(target.received[1]?.headers["webhook-id"]).toBe(got?.headers["webhook-id"]);
    const sample = await project.call("POST", `${PATH}/${id}/test`, { type: "alert.opened" });
    await loop.tick();
    const replay = { from: "2020-01-01T00:00:00Z", status: "all" };
    expect((await project.call("POST", `${PATH}/${id}/replay`, replay)).body).toEqual({
      queued: 1,
    });
    await loop.tick();
    expect(target.received.at(-1)?.headers["webhook-id"]).toBe(sample.body.messageId);
    await loop.stop();
    await target.close();
  });
});
