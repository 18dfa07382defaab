import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { MAX_BATCH_MESSAGES, MAX_BODY_BYTES, MAX_MESSAGE_BYTES } from "@telltale/protocol";
import type { AppEnv } from "../http.ts";
import { MESSAGE_TYPES } from "./check-message.ts";

const message = z
  .object({
    type: z.enum(MESSAGE_TYPES),
    messageId: z.string().optional().describe("Stored once per project; UUIDv7 is best."),
    timestamp: z.iso.datetime().optional().describe("When it happened, by the sender's clock."),
    userId: z.string().optional(),
    anonymousId: z.string().optional(),
    groupId: z.string().optional().describe("The account, in group messages."),
    previousId: z.string().optional(),
    event: z.string().optional().describe("The event's name, in track messages."),
    name: z.string().optional(),
    properties: z.record(z.string(), z.unknown()).optional(),
    traits: z.record(z.string(), z.unknown()).optional(),
    context: z
      .record(z.string(), z.unknown())
      .optional()
      .describe(
        "groupId is the account that the event belongs to; isAutomated says that no person did it: kept, but no usage of anybody.",
      ),
  })
  .openapi("Message");

const batch = z
  .object({
    batch: z.array(message),
    writeKey: z.string().optional(),
    sentAt: z.iso.datetime().optional(),
    context: z.record(z.string(), z.unknown()).optional(),
  })
  .openapi("Batch");

const answer = z
  .object({
    success: z.literal(true),
    accepted: z.number().int(),
    duplicates: z.number().int(),
    rejected: z.array(
      z.object({
        index: z.number().int(),
        messageId: z.string().nullable(),
        code: z.string(),
        detail: z.string(),
      }),
    ),
    wake: z
      .array(z.object({ event: z.string(), path: z.string().optional() }))
      .optional()
      .openapi({ description: "To our own browser SDK alone: what may make a survey due." }),
  })
  .openapi("BatchAnswer");

const responses = {
  200: {
    description: "Committed. Bad messages are listed and kept in the quarantine.",
    content: { "application/json": { schema: answer } },
  },
  400: { description: "Not JSON, or not of this shape; see errors." },
  401: { description: "No key, or an unknown one." },
  403: {
    description:
      "This origin is not on the project's list; or, with errors, nothing of the batch was proved where the project asks for proofs of identity (a batch of our own SDK: not all of it was, for want of a valid proof; the rest is stored).",
  },
  413: { description: "Too many bytes or messages." },
  429: { description: "Too fast; see Retry-After." },
  503: { description: "Nothing was stored; see Retry-After." },
};

/** Puts ingestion into the OpenAPI document. It reads its body itself, for speed and for beacons. */
export function describeIngestion(app: OpenAPIHono<AppEnv>): void {
  const registry = app.openAPIRegistry;
  registry.registerComponent("securitySchemes", "secretKey", { type: "http", scheme: "bearer" });
  registry.registerComponent("securitySchemes", "writeKey", { type: "http", scheme: "basic" });
  const security = [{ writeKey: [] }, { secretKey: [] }];
  registry.registerPath({
    method: "post",
    path: "/v1/batch",
    tags: ["Ingestion"],
    summary: "Store messages in the Segment format",
    description:
      `Answered after the commit. At most ${MAX_BODY_BYTES} bytes, ${MAX_BATCH_MESSAGES} messages, ` +
      `${MAX_MESSAGE_BYTES} bytes a message. The write key may also stand in the body or in ?writeKey=. ` +
      "Short form: /v1/b; /v1/import is the same.",
    security,
    request: { body: { content: { "application/json": { schema: batch } } } },
    responses,
  });
  for (const type of MESSAGE_TYPES) {
    registry.registerPath({
      method: "post",
      path: `/v1/${type}`,
      tags: ["Ingestion"],
      summary: `Store one ${type} message`,
      description: `Short form: /v1/${type[0]}.`,
      security,
      request: { body: { content: { "application/json": { schema: message } } } },
      responses,
    });
  }
}
