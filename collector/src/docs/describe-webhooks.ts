import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { WebhookType } from "@telltale/protocol";
import type { AppEnv } from "../http.ts";

const SUMMARIES: { [type in WebhookType]: string } = {
  "account.score_changed": "A score moved by a point or more, or came or went",
  "account.tier_changed": "A tier was confirmed",
  "alert.opened": "A rule holds for an account, or for many at once",
  "alert.escalated": "Nobody acknowledged an alert in time",
  "alert.resolved": "An alert ended",
  "survey.answered": "A user finished a survey",
  "milestone.reached": "An account reached a milestone for the first time",
  "data.incident":
    "A source fell silent for nearly everybody, deliveries fail, or a model is due for a review",
  ping: "A test",
};

const data = z
  .looseObject({
    schemaVersion: z.literal(1),
    account: z
      .object({
        id: z.string(),
        name: z.string().nullable(),
        externalIds: z.record(z.string(), z.string()),
      })
      .nullish(),
    score: z.number().nullish(),
    previousScore: z.number().nullish(),
    tier: z.string().optional(),
    previousTier: z.string().optional(),
    sequence: z
      .number()
      .int()
      .nullish()
      .describe(
        "Of the account's state, and grows with it: keep the state of the largest that you have seen. What happened (survey.answered, milestone.reached) tells the state that it found, and counts however late it comes.",
      ),
    modelVersion: z.string().optional(),
    link: z.string().optional().describe("The account's page on the dashboard."),
  })
  .openapi("WebhookData");

const headers = z.object({
  "webhook-id": z
    .string()
    .describe("The same for every try of a message: drop what you have seen."),
  "webhook-timestamp": z
    .string()
    .describe("Seconds since the epoch; refuse more than 5 minutes off."),
  "webhook-signature": z
    .string()
    .describe(
      "v1,<base64 HMAC-SHA256 of id.timestamp.body, the body as it came>; its key is what base64 decodes from the secret after whsec_. Several, by spaces, during a rotation.",
    ),
});

/** Puts the messages that we send into the OpenAPI document. */
export function describeWebhooks(app: OpenAPIHono<AppEnv>): void {
  for (const [type, summary] of Object.entries(SUMMARIES)) {
    const body = z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data });
    app.openAPIRegistry.registerWebhook({
      method: "post",
      path: type,
      summary,
      description:
        "Standard Webhooks. Answer with 2xx within 15 s; 410 ends the endpoint; anything else is tried again over three days.",
      request: { headers, body: { content: { "application/json": { schema: body } } } },
      responses: {
        200: { description: "Taken." },
        410: { description: "The endpoint is gone: it is disabled." },
      },
    });
  }
}
