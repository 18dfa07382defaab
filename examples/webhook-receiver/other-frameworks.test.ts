import { spawnSync } from "node:child_process";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createExpressReceiver } from "@telltale/example-webhook-receiver/express";
import { createPlainReceiver } from "@telltale/example-webhook-receiver/node";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";

const secret = `whsec_${Buffer.alloc(32, 5).toString("base64")}`;
const body = '{"type":"ping",  "data":{"note":"the spaces are signed too"}}';

/** Posts a text with the signature of {@link body}. */
function postSigned(server: Server, text: string): Promise<Response> {
  const { port } = server.address() as AddressInfo;
  const now = new Date();
  const headers = {
    "content-type": "application/json",
    "webhook-id": "m1",
    "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign("m1", now, body),
  };
  return fetch(`http://127.0.0.1:${port}/webhooks`, { method: "POST", headers, body: text });
}

const closing = async (server: Server) => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};

describe.each([
  ["Express", (onMessage: (message: unknown) => void) => createExpressReceiver(secret, onMessage)],
  ["plain Node", (onMessage: (message: unknown) => void) => createPlainReceiver(secret, onMessage)],
])("the receiver in %s", (_name, create) => {
  it("takes a genuine message and refuses a forged one", async () => {
    const got: unknown[] = [];
    const server = create((message) => got.push(message)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const answers = [
      await postSigned(server, body),
      await postSigned(server, body.replace("ping", "pong")),
    ];
    expect(answers.map(({ status }) => status)).toEqual([204, 401]);
    expect(got).toMatchObject([{ type: "ping" }]);
    await closing(server);
  });

  it("asks for a message again that it could not handle, and calls its signature no worse for it", async () => {
    const server = create(() => {
      throw new Error("the disk is full");
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    expect((await postSigned(server, body)).status).toBe(500);
    await closing(server);
  });
});

it.each(["express.js", "node.js", "main.js"])("%s asks for the secret that it lacks", (file) => {
  const { WEBHOOK_SECRET: _, ...env } = process.env;
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [path], { env, encoding: "utf8" });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: `Set WEBHOOK_SECRET to the endpoint's secret: WEBHOOK_SECRET=whsec_… node ${file}\n`,
  });
});
