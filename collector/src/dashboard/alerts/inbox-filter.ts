import { z } from "zod";
import type { AlertRow } from "./queries.ts";

/** `pressing`: overdue ones first, each group by value × level. */
const SORTS = ["pressing", "value", "due", "newest"] as const;
export type InboxSort = (typeof SORTS)[number];

/** What the inbox shows. Empty words filter nothing. */
export interface InboxFilter {
  status: "" | "waiting" | AlertRow["status"];
  level: "" | AlertRow["level"];
  assignee: string;
  sort: InboxSort;
}

/** The inbox's filter as its address says it, with the page, from 1. */
export const inboxQuery = z.object({
  status: z
    .enum(["", "waiting", "open", "acknowledged", "snoozed", "resolved"])
    .catch("waiting")
    .default("waiting"),
  level: z.enum(["", "monitor", "outreach", "intervene"]).catch("").default(""),
  assignee: z.string().max(200).catch("").default(""),
  sort: z.enum(SORTS).catch("pressing").default("pressing"),
  page: z.coerce.number().int().min(1).max(10_000).catch(1).default(1),
});
