import type { AddressInfo } from "node:net";
import { createExpressReceiver } from "@telltale/example-webhook-receiver/express";
import { createPlainReceiver } from "@telltale/example-webhook-receiver/node";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";

const secret = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;
const body = '{"type":"ping",  "data":{"note":"the spaces are signed too"}}';

describe.each([
  ["Express", (onMessage: (message: unknown) => void) => createExpressReceiver(secret, onMessage)],
  ["plain Node", (onMessage: (message: unknown) => void) => createPlainReceiver(secret, onMessage)],
])("the receiver in %s", (_name, create) => {
  it("takes a genuine message and refuses a forged one", async () => {
    const got: unknown[] = [];
    const server = create((message) => got.push(message)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const now = new Date();
    const headers = {
      "content-type": "application/json",
      "webhook-id": "m1",
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign("m1", now, body),
    };
    const post = async (text: string) =>
      (await fetch(`http://127.0.0.1:${port}/webhooks`, { method: "POST", headers, body: text }))
        .status;
    expect([await post(body), await post(body.replace("ping", "pong"))]).toEqual([204, 401]);
    expect(got).toMatchObject([{ type: "ping" }]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
