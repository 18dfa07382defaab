import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export const surveys = pgTable(
  "surveys",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    status: text("status").$type<"draft" | "live" | "stopped">().notNull(),
    definition: jsonb("definition").$type<unknown>().notNull(),
    /** Grows with each change of a survey that was live. */
    version: integer("version").notNull().default(1),
    /** A definition that waits to be published. */
    draft: jsonb("draft").$type<unknown>(),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    /** When it last went live. */
    liveAt: instant("live_at"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

/** What a survey asked, version by version. */
export const surveyVersions = pgTable(
  "survey_versions",
  {
    projectId: uuid("project_id").notNull(),
    surveyId: uuid("survey_id").notNull(),
    version: integer("version").notNull(),
    definition: jsonb("definition").$type<unknown>().notNull(),
    publishedAt: instant("published_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.surveyId, table.version] })],
);

export type ImpressionState =
  | "claimed"
  | "shown"
  | "answered"
  | "dismissed"
  | "postponed"
  | "opted_out";

export const promptImpressions = pgTable(
  "prompt_impressions",
  {
    projectId: uuid("project_id").notNull(),
    id: uuid("id").notNull(),
    surveyId: uuid("survey_id").notNull(),
    accountId: text("account_id").notNull().default(""),
    userId: text("user_id").notNull(),
    anonymousId: text("anonymous_id").notNull().default(""),
    sessionId: text("session_id").notNull().default(""),
    state: text("state").$type<ImpressionState>().notNull(),
    claimedAt: instant("claimed_at").notNull(),
    shownAt: instant("shown_at"),
    closedAt: instant("closed_at"),
    /** The first answer. */
    answeredAt: instant("answered_at"),
    isRequested: boolean("is_requested").notNull().default(false),
    isNps: boolean("is_nps").notNull().default(false),
    locale: text("locale").notNull().default(""),
    /** Of the survey, when it was granted. */
    version: integer("version").notNull().default(1),
    /** Id of the step that was open when it was closed, or its page left, without an answer to it. */
    closedStep: text("closed_step"),
    /** Segments of the account that the survey had quotas for, when it was granted. */
    quotaSegments: text("quota_segments").array().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
);

export type ResponseMeasure = "csat" | "nps" | "ces" | "thumbs" | "comment" | "choice" | "custom";

export const surveyResponses = pgTable(
  "survey_responses",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    impressionId: uuid("impression_id").notNull(),
    questionId: text("question_id").notNull(),
    surveyId: uuid("survey_id").notNull(),
    userId: text("user_id").notNull(),
    measure: text("measure").$type<ResponseMeasure>().notNull(),
    value: doublePrecision("value"),
    value100: doublePrecision("value_100"),
    choices: text("choices").array().notNull().default([]),
    text: text("text"),
    /** What it asks for, in the words of the roadmap. */
    tags: text("tags").array().notNull().default([]),
    answeredAt: instant("answered_at").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.projectId, table.accountId, table.impressionId, table.questionId],
    }),
  ],
);

/** What accounts ask for outside of surveys. */
export const requests = pgTable(
  "requests",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    id: uuid("id").notNull(),
    userId: text("user_id").notNull().default(""),
    text: text("text").notNull(),
    /** Where it was said. */
    source: text("source").notNull().default(""),
    tags: text("tags").array().notNull().default([]),
    requestedAt: instant("requested_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId, table.id] })],
);
