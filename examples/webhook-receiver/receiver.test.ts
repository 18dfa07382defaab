import { createReceiver } from "@telltale/example-webhook-receiver";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;

function signed(id: string, body: string) {
  const now = new Date();
  return {
    method: "POST",
    body,
    headers: {
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(id, now, body),
    },
  };
}

describe("the example receiver", () => {
  it("keeps a verified message once, however often it comes", async () => {
    const app = createReceiver({ secret });
    const body = JSON.stringify({ type: "ping", timestamp: new Date().toISOString(), data: {} });
    for (let i = 0; i < 2; i++) {
      expect((await app.request("/webhooks", signed("m1", body))).status).toBe(204);
    }
    const { messages } = await (await app.request("/messages")).json();
    expect(messages).toMatchObject([{ id: "m1", type: "ping" }]);
  });

  it("refuses a message that was tampered with", async () => {
    const app = createReceiver({ getSecret: () => secret });
    const request = { ...signed("m1", '{"type":"ping"}'), body: '{"type":"pong"}' };
    expect((await app.request("/webhooks", request)).status).toBe(401);
    expect(await (await app.request("/messages")).json()).toEqual({ messages: [], refused: 1 });
  });
});
