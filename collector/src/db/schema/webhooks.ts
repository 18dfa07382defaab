import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import type { FormatName } from "../../webhooks/formats/format.ts";
import type { FieldMap } from "../../webhooks/formats/message-values.ts";
import { bytes, instant } from "./columns.ts";

export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    url: text("url").notNull(),
    description: text("description").notNull().default(""),
    types: text("types").array().notNull().default([]),
    status: text("status").$type<"enabled" | "disabled">().notNull(),
    disabledReason: text("disabled_reason"),
    secretEncrypted: bytes("secret_encrypted").notNull(),
    previousSecretEncrypted: bytes("previous_secret_encrypted"),
    previousSecretExpiresAt: instant("previous_secret_expires_at"),
    firstFailedAt: instant("first_failed_at"),
    failureNoticedAt: instant("failure_noticed_at"),
    tiers: text("tiers").array().notNull().default([]),
    segments: text("segments").array().notNull().default([]),
    format: text("format").$type<FormatName>().notNull().default("standard"),
    fieldMap: jsonb("field_map").$type<FieldMap>(),
    credentialsEncrypted: bytes("credentials_encrypted"),
    maxConcurrent: integer("max_concurrent").notNull().default(32),
    maxPerSecond: doublePrecision("max_per_second"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

export const webhookMessages = pgTable(
  "webhook_messages",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    type: text("type").notNull(),
    accountId: text("account_id").notNull().default(""),
    sequence: bigint("sequence", { mode: "number" }),
    body: text("body").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    messageId: uuid("message_id").notNull(),
    endpointId: uuid("endpoint_id").notNull(),
    status: text("status").$type<"pending" | "succeeded" | "failed" | "superseded">().notNull(),
    attemptCount: integer("attempt_count").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at"),
    leasedUntil: instant("leased_until"),
    createdAt: instant("created_at").notNull(),
    finishedAt: instant("finished_at"),
    failureReason: text("failure_reason"),
    isReplay: boolean("is_replay").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

export const webhookAttempts = pgTable(
  "webhook_attempts",
  {
    projectId: uuid("project_id").notNull(),
    deliveryId: uuid("delivery_id").notNull(),
    attempt: integer("attempt").notNull(),
    startedAt: instant("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    responseStatus: integer("response_status"),
    responseBody: text("response_body"),
    error: text("error"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.deliveryId, table.attempt] })],
);
