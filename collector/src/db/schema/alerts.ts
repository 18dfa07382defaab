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
import { bytes, instant } from "./columns.ts";

export type AlertLevel = "monitor" | "outreach" | "intervene";

export const alerts = pgTable(
  "alerts",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    id: uuid("id").notNull(),
    rule: text("rule").notNull(),
    level: text("level").$type<AlertLevel>().notNull(),
    status: text("status").$type<"open" | "acknowledged" | "snoozed" | "resolved">().notNull(),
    summary: text("summary").notNull(),
    detail: jsonb("detail").$type<Record<string, unknown>>().notNull().default({}),
    openedAt: instant("opened_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    resolvedAt: instant("resolved_at"),
    assignee: text("assignee"),
    ownerRole: text("owner_role").notNull().default(""),
    acknowledgedAt: instant("acknowledged_at"),
    snoozedUntil: instant("snoozed_until"),
    escalatedAt: instant("escalated_at"),
    outcome: text("outcome"),
    note: text("note"),
    cause: text("cause").notNull().default(""),
    clusterRule: text("cluster_rule"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId, table.id] })],
);

export const alertRules = pgTable(
  "alert_rules",
  {
    projectId: uuid("project_id").notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    trigger: jsonb("trigger").$type<unknown>().notNull(),
    level: text("level").$type<AlertLevel>().notNull(),
    isEnabled: boolean("is_enabled").notNull(),
    noticeHours: doublePrecision("notice_hours").notNull(),
    coolDownHours: doublePrecision("cool_down_hours").notNull(),
    escalateAfterHours: doublePrecision("escalate_after_hours"),
    playbookKey: text("playbook_key"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.key] })],
);

export const alertRuleStates = pgTable(
  "alert_rule_states",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    rule: text("rule").notNull(),
    metSince: instant("met_since"),
    resolvedAt: instant("resolved_at"),
    handledAt: instant("handled_at"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId, table.rule] })],
);

export const alertMutes = pgTable(
  "alert_mutes",
  {
    projectId: uuid("project_id").notNull(),
    reason: text("reason").notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.reason] })],
);

export const playbooks = pgTable(
  "playbooks",
  {
    projectId: uuid("project_id").notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    ownerRole: text("owner_role").notNull(),
    dueHours: doublePrecision("due_hours").notNull(),
    steps: jsonb("steps").$type<unknown>().notNull(),
    message: text("message").notNull(),
    pattern: text("pattern"),
    exit: jsonb("exit").$type<unknown>(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.key] })],
);

export const contacts = pgTable(
  "contacts",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    id: uuid("id").notNull(),
    userId: text("user_id").notNull().default(""),
    channel: text("channel").$type<"prompt" | "outreach">().notNull(),
    cost: integer("cost").notNull(),
    contactedAt: instant("contacted_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId, table.id] })],
);

export const sources = pgTable(
  "sources",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    kind: text("kind").notNull(),
    name: text("name").notNull(),
    secretEncrypted: bytes("secret_encrypted").notNull(),
    mapping: jsonb("mapping").$type<unknown>(),
    expectedEveryHours: doublePrecision("expected_every_hours"),
    lastReceivedAt: instant("last_received_at"),
    acceptedCount: bigint("accepted_count", { mode: "number" }).notNull().default(0),
    unmatchedCount: bigint("unmatched_count", { mode: "number" }).notNull().default(0),
    refusedCount: bigint("refused_count", { mode: "number" }).notNull().default(0),
    lateSince: instant("late_since"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

export const ruleExperiments = pgTable(
  "rule_experiments",
  {
    projectId: uuid("project_id").notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    variants: jsonb("variants").$type<unknown>().notNull(),
    baselineShare: doublePrecision("baseline_share").notNull(),
    targetShare: doublePrecision("target_share").notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.key] })],
);
