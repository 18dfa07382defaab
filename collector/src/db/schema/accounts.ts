import { bigint, date, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns.ts";

export const accounts = pgTable(
  "accounts",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    name: text("name"),
    traits: jsonb("traits").$type<Record<string, unknown>>().notNull().default({}),
    externalIds: jsonb("external_ids").$type<Record<string, string>>().notNull().default({}),
    createdAt: instant("created_at").notNull(),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    traitTimes: jsonb("trait_times").$type<Record<string, string>>().notNull().default({}),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId] })],
);

export const users = pgTable(
  "users",
  {
    projectId: uuid("project_id").notNull(),
    userId: text("user_id").notNull(),
    accountId: text("account_id"),
    firstAccountId: text("first_account_id"),
    traits: jsonb("traits").$type<Record<string, unknown>>().notNull().default({}),
    firstSeenAt: instant("first_seen_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    traitTimes: jsonb("trait_times").$type<Record<string, string>>().notNull().default({}),
    accountSince: instant("account_since"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.userId] })],
);

export const userAliases = pgTable(
  "user_aliases",
  {
    projectId: uuid("project_id").notNull(),
    anonymousId: text("anonymous_id").notNull(),
    userId: text("user_id").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.anonymousId] })],
);

export const identityCounts = pgTable(
  "identity_counts",
  {
    projectId: uuid("project_id").notNull(),
    accountId: text("account_id").notNull(),
    day: date("day").notNull(),
    signed: bigint("signed", { mode: "number" }).notNull(),
    unsigned: bigint("unsigned", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId, table.day] })],
);

export const erasedPeople = pgTable(
  "erased_people",
  {
    projectId: uuid("project_id").notNull(),
    personHash: bytes("person_hash").notNull(),
    erasedAt: instant("erased_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.personHash] })],
);

export const traitChanges = pgTable(
  "trait_changes",
  {
    projectId: uuid("project_id").notNull(),
    ownerKind: text("owner_kind").$type<"account" | "user">().notNull(),
    ownerId: text("owner_id").notNull(),
    trait: text("trait").notNull(),
    changedAt: instant("changed_at").notNull(),
    value: jsonb("value").notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.projectId, table.ownerKind, table.ownerId, table.trait, table.changedAt],
    }),
  ],
);
