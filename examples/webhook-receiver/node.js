/** The same in plain Node, without a framework: `WEBHOOK_SECRET=whsec_… node node.js` */

import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import { Webhook } from "standardwebhooks";

/**
 * @param {string} secret
 * @param {(message: { type: string; data: Record<string, unknown> }) => void} onMessage
 */
export function createPlainReceiver(secret, onMessage) {
  const webhook = new Webhook(secret);
  return createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    // The exact bytes, before anything parses them.
    const body = Buffer.concat(chunks).toString("utf8");
    let message;
    try {
      message = webhook.verify(body, request.headers);
    } catch {
      response.writeHead(401).end("bad signature");
      return;
    }
    try {
      onMessage(message);
      response.writeHead(204).end();
    } catch {
      // The message comes again.
      response.writeHead(500).end("not handled");
    }
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { WEBHOOK_SECRET: secret, PORT = "4800" } = process.env;
  if (!secret?.startsWith("whsec_")) {
    console.error(
      "Set WEBHOOK_SECRET to the endpoint's secret: WEBHOOK_SECRET=whsec_… node node.js",
    );
    process.exit(2);
  }
  createPlainReceiver(secret, ({ type, data }) => console.log(type, data)).listen(
    Number(PORT),
    "127.0.0.1",
    () => console.log(`Waiting for webhooks at http://127.0.0.1:${PORT}/webhooks`),
  );
}
