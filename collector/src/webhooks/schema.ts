import { z } from "@hono/zod-openapi";
import type { WebhookType } from "@telltale/protocol";

export const WEBHOOK_TYPES = [
  "account.score_changed",
  "account.tier_changed",
  "alert.opened",
  "alert.escalated",
  "alert.resolved",
  "survey.answered",
  "milestone.reached",
  "data.incident",
  "ping",
] as const satisfies readonly WebhookType[];

const url = z
  .url({ protocol: /^https?$/, error: "must be an http or https URL" })
  .max(2_000, "must have at most 2000 characters")
  .refine((value) => !new URL(value).username && !new URL(value).password, {
    error: "must not hold a user name or password",
    abort: true,
  });
const types = z
  .array(z.enum(WEBHOOK_TYPES, { error: `must be one of ${WEBHOOK_TYPES.join(", ")}` }))
  .max(WEBHOOK_TYPES.length);
const description = z.string().max(500, "must have at most 500 characters");
const secret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "must be whsec_ and the base64 of 24 to 64 bytes");

export const newEndpointSchema = z
  .object({
    url,
    description: description.default(""),
    types: types.default([]).openapi({ description: "Empty: all types." }),
    secret: secret.optional().openapi({ description: "Absent: a random one." }),
  })
  .openapi("NewWebhookEndpoint");

export const endpointPatchSchema = z
  .object({ url, description, types, status: z.enum(["enabled", "disabled"]) })
  .partial()
  .openapi("WebhookEndpointPatch");

export const endpointSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    types: z.array(z.string()),
    status: z.enum(["enabled", "disabled"]),
    disabledReason: z.string().nullable(),
    failingSince: z.iso.datetime().nullable(),
    previousSecretExpiresAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi("WebhookEndpoint");

export const createdEndpointSchema = endpointSchema
  .extend({ secret: z.string().openapi({ description: "Shown this once." }) })
  .openapi("CreatedWebhookEndpoint");

export const rotatedSecretSchema = z
  .object({ secret: z.string(), previousSecretExpiresAt: z.iso.datetime() })
  .openapi("RotatedSecret");

export const attemptSchema = z
  .object({
    attempt: z.number().int(),
    startedAt: z.iso.datetime(),
    durationMs: z.number(),
    responseStatus: z.number().int().nullable(),
    responseBody: z.string().nullable(),
    error: z.string().nullable(),
  })
  .openapi("WebhookAttempt");

export const deliverySchema = z
  .object({
    id: z.uuid(),
    messageId: z.uuid(),
    type: z.string(),
    accountId: z.string(),
    status: z.enum(["pending", "succeeded", "failed", "superseded"]),
    failureReason: z.string().nullable(),
    attemptCount: z.number().int(),
    nextAttemptAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
    attempts: z.array(attemptSchema),
  })
  .openapi("WebhookDelivery");

export const deliveryDetailSchema = deliverySchema
  .extend({ body: z.string().openapi({ description: "The exact text that is sent." }) })
  .openapi("WebhookDeliveryDetail");

export const testSchema = z
  .object({ type: z.enum(WEBHOOK_TYPES).default("ping") })
  .openapi("WebhookTest");

export const replaySchema = z
  .object({
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }).optional(),
    types: types.optional(),
    status: z
      .enum(["undelivered", "all"])
      .default("undelivered")
      .openapi({ description: "`undelivered`: only messages that never reached this endpoint." }),
  })
  .openapi("WebhookReplay");

export const queuedSchema = z.object({ queued: z.number().int() }).openapi("WebhookQueued");
export const queuedDeliverySchema = z
  .object({ messageId: z.uuid(), deliveryId: z.uuid() })
  .openapi("WebhookQueuedDelivery");
