import { integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { bytes, instant } from "./columns.ts";

export const projects = pgTable("projects", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  timeZone: text("time_zone").notNull().default("UTC"),
  settings: jsonb("settings").$type<Record<string, unknown>>().notNull().default({}),
  createdAt: instant("created_at").notNull(),
  identitySecretEncrypted: bytes("identity_secret_encrypted"),
});

export const apiKeys = pgTable("api_keys", {
  id: uuid("id").primaryKey(),
  projectId: uuid("project_id").notNull(),
  kind: text("kind").$type<"write" | "secret">().notNull(),
  name: text("name").notNull(),
  prefix: text("prefix").notNull(),
  keyHash: bytes("key_hash").notNull(),
  scopes: text("scopes").array().notNull().default([]),
  createdAt: instant("created_at").notNull(),
  lastUsedAt: instant("last_used_at"),
  revokedAt: instant("revoked_at"),
});

export const appSecretFingerprint = pgTable("app_secret_fingerprint", {
  id: integer("id").primaryKey(),
  fingerprint: text("fingerprint").notNull(),
  notedAt: instant("noted_at").notNull(),
});
