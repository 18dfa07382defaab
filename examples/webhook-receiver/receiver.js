import { Hono } from "hono";
import { Webhook, WebhookVerificationError } from "standardwebhooks";

const KEPT_MESSAGES = 50;

/**
 * A small web app: `POST /webhooks` verifies a message and keeps it, `GET /messages` shows the
 * newest 50, newest first. A message that comes twice, as after a lost answer, is kept once.
 *
 * @param {import("./receiver.js").ReceiverOptions} options
 * @returns {Hono}
 */
export function createReceiver(options) {
  /** @type {import("./receiver.js").VerifiedMessage[]} */
  const messages = [];
  let refused = 0;
  const app = new Hono();

  app.post("/webhooks", async (c) => {
    const secret = "secret" in options ? options.secret : options.getSecret();
    if (!secret) return c.text("no secret yet", 503);
    // The signature is over the exact bytes, so verify the text before it is parsed.
    const body = await c.req.text();
    const headers = {
      "webhook-id": c.req.header("webhook-id") ?? "",
      "webhook-timestamp": c.req.header("webhook-timestamp") ?? "",
      "webhook-signature": c.req.header("webhook-signature") ?? "",
    };
    try {
      new Webhook(secret).verify(body, headers);
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      refused++;
      return c.text(error.message, 401);
    }
    const id = headers["webhook-id"];
    if (!messages.some((message) => message.id === id)) {
      messages.unshift({ id, ...JSON.parse(body), receivedAt: new Date().toISOString() });
      messages.length = Math.min(messages.length, KEPT_MESSAGES);
    }
    return c.body(null, 204);
  });

  app.get("/messages", (c) => c.json({ messages, refused }));

  return app;
}
