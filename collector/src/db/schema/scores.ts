import {
  bigint,
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export type StoredTier = "healthy" | "at_risk" | "critical" | "unknown";

export const modelVersions = pgTable(
  "model_versions",
  {
    projectId: uuid("project_id").notNull(),
    version: text("version").notNull(),
    status: text("status").$type<"draft" | "published" | "retired">().notNull(),
    document: jsonb("document").$type<unknown>().notNull(),
    author: text("author").notNull(),
    rationale: text("rationale").notNull(),
    createdAt: instant("created_at").notNull(),
    publishedAt: instant("published_at"),
    effectiveAt: instant("effective_at"),
    backtest: jsonb("backtest").$type<unknown>(),
    worseReason: text("worse_reason"),
    isShadow: boolean("is_shadow").notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.version] })],
);

export const normsSnapshots = pgTable(
  "norms_snapshots",
  {
    projectId: uuid("project_id").notNull(),
    version: text("version").notNull(),
    modelVersion: text("model_version").notNull(),
    asOf: instant("as_of").notNull(),
    norms: jsonb("norms").$type<unknown>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.version] })],
);

export const scores = pgTable(
  "scores",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    score: doublePrecision("score"),
    tier: text("tier").$type<StoredTier>().notNull(),
    confidence: doublePrecision("confidence").notNull(),
    coverage: doublePrecision("coverage").notNull(),
    asOf: instant("as_of").notNull(),
    modelVersion: text("model_version").notNull(),
    normsVersion: text("norms_version").notNull(),
    inputHash: text("input_hash").notNull(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    detail: jsonb("detail").$type<unknown>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId, table.day] })],
);

export const shadowScores = pgTable(
  "shadow_scores",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    modelVersion: text("model_version").notNull(),
    normsVersion: text("norms_version").notNull(),
    score: doublePrecision("score"),
    tier: text("tier").$type<StoredTier>().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.accountId, table.day, table.modelVersion] }),
  ],
);

export const accountHealth = pgTable(
  "account_health",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    score: doublePrecision("score"),
    tier: text("tier").$type<StoredTier>().notNull(),
    tierState: jsonb("tier_state").$type<unknown>().notNull(),
    tierSince: instant("tier_since").notNull(),
    asOf: instant("as_of").notNull(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId] })],
);

export const rescoreQueue = pgTable(
  "rescore_queue",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    queuedAt: instant("queued_at").notNull(),
    generation: bigint("generation", { mode: "number" }).notNull().default(0),
    leasedUntil: instant("leased_until"),
    reopenFrom: date("reopen_from", { mode: "string" }),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId] })],
);

export const reopenedDays = pgTable(
  "reopened_days",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    fromDay: date("from_day", { mode: "string" }).notNull(),
    queuedAt: instant("queued_at").notNull(),
    leasedUntil: instant("leased_until"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId] })],
);

export const modelReports = pgTable(
  "model_reports",
  {
    projectId: uuid("project_id").notNull(),
    version: text("version").notNull(),
    requestedAt: instant("requested_at").notNull(),
    leasedUntil: instant("leased_until"),
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    finishedAt: instant("finished_at"),
    failure: text("failure"),
    report: jsonb("report").$type<unknown>(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.version] })],
);

/** What somebody would change about a model, and what became of it. */
export const modelIdeas = pgTable(
  "model_ideas",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    title: text("title").notNull(),
    why: text("why").notNull(),
    author: text("author").notNull(),
    createdAt: instant("created_at").notNull(),
    status: text("status", { enum: ["open", "done", "declined"] })
      .notNull()
      .default("open"),
    answer: text("answer"),
    answeredBy: text("answered_by"),
    answeredAt: instant("answered_at"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

/** When people were told that a model is due to be looked at again. */
export const modelReviews = pgTable(
  "model_reviews",
  {
    projectId: uuid("project_id").notNull(),
    version: text("version").notNull(),
    dueOn: date("due_on").notNull(),
    toldAt: instant("told_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.version, table.dueOn] })],
);

export const pulses = pgTable(
  "pulses",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    setAt: instant("set_at").notNull(),
    tier: text("tier").$type<Exclude<StoredTier, "unknown">>().notNull(),
    author: text("author").notNull(),
    note: text("note").notNull().default(""),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId, table.setAt] })],
);

export const outcomes = pgTable(
  "outcomes",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    occurredOn: date("occurred_on", { mode: "string" }).notNull(),
    kind: text("kind").$type<"renewed" | "churned" | "expanded" | "contracted">().notNull(),
    value: doublePrecision("value"),
    recordedAt: instant("recorded_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.accountId, table.occurredOn, table.kind] }),
  ],
);

export const observations = pgTable(
  "observations",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    series: text("series").notNull(),
    observedAt: instant("observed_at").notNull(),
    value: doublePrecision("value").notNull(),
    source: text("source").notNull().default(""),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.accountId, table.series, table.observedAt] }),
  ],
);

export const scheduleRuns = pgTable(
  "schedule_runs",
  {
    name: text("name").notNull(),
    dueAt: instant("due_at").notNull(),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at"),
  },
  (table) => [primaryKey({ columns: [table.name, table.dueAt] })],
);
