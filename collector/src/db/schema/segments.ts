import { integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

/** A test of one trait of an account. */
export interface SegmentRule {
  trait: string;
  operator: "equals" | "not_equals" | "at_least" | "below" | "exists";
  value?: string | number | boolean | undefined;
}

export const segments = pgTable(
  "segments",
  {
    projectId: uuid("project_id").notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    rules: jsonb("rules").$type<SegmentRule[]>().notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.key] })],
);

/** The rules that a segment had from a moment on; null where it was removed. */
export const segmentRules = pgTable(
  "segment_rules",
  {
    projectId: uuid("project_id").notNull(),
    key: text("key").notNull(),
    validFrom: instant("valid_from").notNull(),
    rules: jsonb("rules").$type<SegmentRule[]>(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.key, table.validFrom] })],
);

export const milestones = pgTable(
  "milestones",
  {
    projectId: uuid("project_id").notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    dueAfterDays: integer("due_after_days"),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.key] })],
);

export const releases = pgTable(
  "releases",
  {
    projectId: uuid("project_id").notNull(),
    version: text("version").notNull(),
    name: text("name").notNull().default(""),
    releasedAt: instant("released_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.version] })],
);
