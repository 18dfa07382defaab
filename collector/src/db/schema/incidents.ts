import { date, doublePrecision, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant } from "./columns.ts";

export const incidents = pgTable(
  "incidents",
  {
    projectId: uuid("project_id").notNull(),
    source: text("source").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    expectedEvents: doublePrecision("expected_events").notNull(),
    observedEvents: doublePrecision("observed_events").notNull(),
    expectedAccounts: doublePrecision("expected_accounts").notNull(),
    observedAccounts: doublePrecision("observed_accounts").notNull(),
    openedAt: instant("opened_at").notNull(),
    resolvedAt: instant("resolved_at"),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.source, table.day] })],
);
