import { z } from "@hono/zod-openapi";
import type { Tier, WebhookType } from "@telltale/protocol";
import { instant } from "../time-checks.ts";
import { FORMAT_NAMES } from "./formats/format.ts";
import { VALUE_NAMES } from "./formats/message-values.ts";
import { MAX_SENDING } from "./lane.ts";

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
  // What is no URL was refused by the check before.
  .refine((value) => !URL.canParse(value) || !/^[^/]*\/\/[^/]*@/.test(new URL(value).href), {
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

const TIERS = ["healthy", "at_risk", "critical", "unknown"] as const satisfies readonly Tier[];
const tiers = z.array(z.enum(TIERS, { error: `must be one of ${TIERS.join(", ")}` })).max(4);
const segments = z.array(z.string().min(1).max(200)).max(50);
const format = z.enum(FORMAT_NAMES, { error: `must be one of ${FORMAT_NAMES.join(", ")}` });
/** Field names become keys of JSON; these three would reach into the prototype of a careless reader. */
const fieldName = z
  .string()
  .regex(/^[A-Za-z_][\w.-]{0,99}$/, "must be a name of letters, digits, _ . -")
  .refine((name) => !/(^|\.)(__proto__|constructor|prototype)(\.|$)/.test(name), "is not allowed");
const fieldMap = z
  .record(fieldName, z.enum(VALUE_NAMES, { error: `must be one of ${VALUE_NAMES.join(", ")}` }))
  .refine((map) => Object.keys(map).length <= 50, "must have at most 50 fields");
const maxConcurrent = z.number().int().min(1).max(MAX_SENDING, `must be at most ${MAX_SENDING}`);
const maxPerSecond = z.number().positive("must be above 0").max(1_000).nullable();
const credentials = z.object({
  /** Goes into a header; a line break comes along when one is copied. */
  token: z
    .string()
    .trim()
    .min(1)
    .max(4_000)
    .regex(/^[\x20-\x7e]*$/, "must hold printable ASCII characters only"),
  email: z.email().optional(),
});

export const newEndpointSchema = z
  .object({
    url: url.openapi({ description: "With a vendor's format: the origin of its API." }),
    description: description.default(""),
    types: types.default([]).openapi({ description: "Empty: all types." }),
    tiers: tiers.default([]).openapi({ description: "Empty: all. Old or new tier counts." }),
    segments: segments.default([]).openapi({ description: "Empty: all accounts." }),
    format: format.default("standard"),
    fieldMap: fieldMap
      .optional()
      .openapi({ description: "Their field → our value. Absent: the format's own fields." }),
    credentials: credentials
      .optional()
      .openapi({ description: "Stored encrypted, never shown. Zendesk needs the email too." }),
    maxConcurrent: maxConcurrent.default(MAX_SENDING).openapi({
      description:
        "Most messages under way at once, by each collector process. It begins with one and doubles after ten seconds of good answers in all, or 64 of them, while others wait. What a process had under way when it was killed is sent again with the same webhook-id.",
    }),
    maxPerSecond: maxPerSecond
      .default(null)
      .openapi({ description: "Messages a second, by each collector process; null: no limit." }),
    secret: secret.optional().openapi({ description: "Absent: a random one." }),
  })
  .superRefine((endpoint, check) => {
    for (const { path, message } of findFormatFaults(endpoint)) {
      check.addIssue({ code: "custom", path, message });
    }
  })
  .openapi("NewWebhookEndpoint");

function findFormatFaults(endpoint: {
  format: string;
  fieldMap?: object | undefined;
  credentials?: { email?: string | undefined } | undefined;
}): { path: string[]; message: string }[] {
  const { format: name } = endpoint;
  const faults: { path: string[]; message: string }[] = [];
  if (name === "fields" && !endpoint.fieldMap) {
    faults.push({ path: ["fieldMap"], message: "is needed by the format fields" });
  }
  if (["hubspot", "salesforce", "zendesk", "intercom"].includes(name) && !endpoint.credentials) {
    faults.push({ path: ["credentials"], message: `are needed by the format ${name}` });
  }
  if (name === "zendesk" && endpoint.credentials && !endpoint.credentials.email) {
    faults.push({ path: ["credentials", "email"], message: "is needed by the format zendesk" });
  }
  return faults;
}

export const endpointPatchSchema = z
  .object({
    url,
    description,
    types,
    tiers,
    segments,
    fieldMap,
    credentials,
    maxConcurrent,
    maxPerSecond,
    status: z.enum(["enabled", "disabled"]),
  })
  .partial()
  .openapi("WebhookEndpointPatch");

export const endpointSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    description: z.string(),
    types: z.array(z.string()),
    tiers: z.array(z.string()),
    segments: z.array(z.string()),
    format: z.enum(FORMAT_NAMES),
    fieldMap: z.record(z.string(), z.string()).nullable(),
    hasCredentials: z.boolean(),
    maxConcurrent: z.number().int(),
    maxPerSecond: z.number().nullable(),
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
    from: instant,
    to: instant.optional(),
    types: types.optional(),
    status: z
      .enum(["undelivered", "all"])
      .default("undelivered")
      .openapi({ description: "`undelivered`: only messages that never reached this endpoint." }),
  })
  .refine(({ from, to }) => !(Date.parse(to ?? "") <= Date.parse(from)), {
    path: ["to"],
    error: "must be later than the start",
  })
  .openapi("WebhookReplay");

export const queuedSchema = z.object({ queued: z.number().int() }).openapi("WebhookQueued");
export const queuedDeliverySchema = z
  .object({ messageId: z.uuid(), deliveryId: z.uuid() })
  .openapi("WebhookQueuedDelivery");
