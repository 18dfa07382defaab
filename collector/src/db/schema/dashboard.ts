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
import type { AuditChange } from "../../audit/audit-change.ts";
import { bytes, instant } from "./columns.ts";

/** What a member may do in a project. */
export type StoredRole = "viewer" | "operator" | "admin";

export const members = pgTable("members", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email"),
  passwordHash: text("password_hash"),
  isOwner: boolean("is_owner").notNull().default(false),
  createdAt: instant("created_at").notNull(),
  removedAt: instant("removed_at"),
});

export const memberships = pgTable(
  "memberships",
  {
    projectId: uuid("project_id").notNull(),
    memberId: uuid("member_id").notNull(),
    role: text("role").$type<StoredRole>().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.memberId] })],
);

export const signInLinks = pgTable("sign_in_links", {
  tokenHash: bytes("token_hash").primaryKey(),
  /** `owner`: printed at the start; `invite`: makes a member; `return`: lets one in again. */
  kind: text("kind").$type<"owner" | "invite" | "return">().notNull(),
  memberId: uuid("member_id"),
  projectId: uuid("project_id"),
  role: text("role").$type<StoredRole>(),
  note: text("note").notNull().default(""),
  createdAt: instant("created_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
  usedAt: instant("used_at"),
});

export const dashboardSessions = pgTable("dashboard_sessions", {
  tokenHash: bytes("token_hash").primaryKey(),
  memberId: uuid("member_id").notNull(),
  projectId: uuid("project_id"),
  createdAt: instant("created_at").notNull(),
  seenAt: instant("seen_at").notNull(),
  expiresAt: instant("expires_at").notNull(),
});

export const auditLog = pgTable(
  "audit_log",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    at: instant("at").notNull(),
    actor: text("actor").notNull(),
    action: text("action").notNull(),
    target: text("target").notNull().default(""),
    ip: text("ip").notNull().default(""),
    change: jsonb("change").$type<AuditChange>(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

export const savedViews = pgTable(
  "saved_views",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    name: text("name").notNull(),
    query: text("query").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

export const usageSummaries = pgTable(
  "usage_summaries",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    event: text("event").notNull(),
    subject: text("subject").notNull(),
    firstDay: date("first_day", { mode: "string" }).notNull(),
    lastDay: date("last_day", { mode: "string" }).notNull(),
    days: integer("days").notNull(),
    users: integer("users").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.accountId, table.event, table.subject] }),
  ],
);

export const usageSummaryRuns = pgTable("usage_summary_runs", {
  projectId: uuid("project_id").primaryKey(),
  startedAt: instant("started_at").notNull(),
});

export const bookSummaries = pgTable("book_summaries", {
  projectId: uuid("project_id").primaryKey(),
  asOf: instant("as_of").notNull(),
  day: date("day", { mode: "string" }).notNull(),
  detail: jsonb("detail").$type<unknown>().notNull(),
});

/** What arrived at the door, by day; see `operations/arrival-counts.ts`. */
export const arrivalCounts = pgTable(
  "arrival_counts",
  {
    projectId: uuid("project_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    stored: bigint("stored", { mode: "number" }).notNull(),
    duplicates: bigint("duplicates", { mode: "number" }).notNull(),
    rejected: bigint("rejected", { mode: "number" }).notNull(),
    blocked: bigint("blocked", { mode: "number" }).notNull(),
    dropped: bigint("dropped", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.day] })],
);
