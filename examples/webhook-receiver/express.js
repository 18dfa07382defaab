/** The same in Express: `WEBHOOK_SECRET=whsec_… node express.js` */

import { pathToFileURL } from "node:url";
import express from "express";
import { Webhook } from "standardwebhooks";

/**
 * @param {string} secret
 * @param {(message: { type: string; data: Record<string, unknown> }) => void} onMessage
 */
export function createExpressReceiver(secret, onMessage) {
  const webhook = new Webhook(secret);
  const app = express();
  // `express.json()` here would hand over an object, and its bytes would be gone.
  app.post("/webhooks", express.raw({ type: "*/*" }), (request, response) => {
    let message;
    try {
      message = webhook.verify(request.body, request.headers);
    } catch {
      response.status(401).send("bad signature");
      return;
    }
    // What this throws is answered 500, and the message comes again.
    onMessage(message);
    response.status(204).end();
  });
  return app;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { WEBHOOK_SECRET: secret, PORT = "4800" } = process.env;
  if (!secret?.startsWith("whsec_")) {
    console.error(
      "Set WEBHOOK_SECRET to the endpoint's secret: WEBHOOK_SECRET=whsec_… node express.js",
    );
    process.exit(2);
  }
  createExpressReceiver(secret, ({ type, data }) => console.log(type, data)).listen(
    Number(PORT),
    "127.0.0.1",
    () => console.log(`Waiting for webhooks at http://127.0.0.1:${PORT}/webhooks`),
  );
}
