import {
  bigint,
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export const events = pgTable(
  "events",
  {
    projectId: uuid("project_id").notNull(),
    eventId: uuid("event_id").notNull(),
    messageId: text("message_id").notNull(),
    type: text("type").notNull(),
    event: text("event").notNull(),
    subject: text("subject").notNull().default(""),
    accountId: text("account_id").notNull().default(""),
    userId: text("user_id").notNull().default(""),
    anonymousId: text("anonymous_id").notNull().default(""),
    sessionId: text("session_id").notNull().default(""),
    engagedMs: bigint("engaged_ms", { mode: "number" }).notNull().default(0),
    occurredAt: instant("occurred_at").notNull(),
    receivedAt: instant("received_at").notNull(),
    isBot: boolean("is_bot").notNull().default(false),
    properties: jsonb("properties").$type<Record<string, unknown>>().notNull().default({}),
    context: jsonb("context").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.eventId] })],
);

export const eventIds = pgTable(
  "event_ids",
  {
    projectId: uuid("project_id").notNull(),
    messageHash: uuid("message_hash").notNull(),
    eventId: uuid("event_id").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.messageHash] })],
);

export const dailyUsage = pgTable(
  "daily_usage",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    userId: text("user_id").notNull(),
    event: text("event").notNull(),
    subject: text("subject").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    engagedMs: bigint("engaged_ms", { mode: "number" }).notNull(),
    lastAt: instant("last_at").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [
        table.projectId,
        table.accountId,
        table.day,
        table.userId,
        table.event,
        table.subject,
      ],
    }),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    projectId: uuid("project_id").notNull(),
    userId: text("user_id").notNull(),
    sessionId: text("session_id").notNull(),
    accountId: text("account_id").notNull(),
    startedAt: instant("started_at").notNull(),
    lastEventAt: instant("last_event_at").notNull(),
    eventCount: bigint("event_count", { mode: "number" }).notNull(),
    engagedMs: bigint("engaged_ms", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.userId, table.sessionId] })],
);

export const sessionProgress = pgTable("session_progress", {
  id: integer("id").primaryKey(),
  countedUntil: instant("counted_until").notNull(),
});

export const milestonesReached = pgTable(
  "milestones_reached",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    milestone: text("milestone").notNull(),
    userId: text("user_id").notNull(),
    reachedAt: instant("reached_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId, table.milestone] })],
);

export const rejectedMessages = pgTable(
  "rejected_messages",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    receivedAt: instant("received_at").notNull(),
    messageId: text("message_id"),
    code: text("code").notNull(),
    detail: text("detail").notNull(),
    payload: text("payload").notNull(),
    replayedAt: instant("replayed_at"),
    circumstances: jsonb("circumstances").$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

export const registeredNames = pgTable(
  "registered_names",
  {
    projectId: uuid("project_id").notNull(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.kind, table.name] })],
);
