import { z } from "@hono/zod-openapi";
import { calendarDay, MAX_BULK_ROWS, plainText } from "../bulk.ts";
import { pageQuery } from "../pagination.ts";

export const OUTCOME_KINDS = ["renewed", "churned", "expanded", "contracted"] as const;

/** Exports of other systems have moments: the time of day says nothing of an outcome. */
const toDayAsWritten = (value: unknown): unknown =>
  typeof value === "string" ? value.replace(/^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*$/, "$1") : value;

export const outcomeSchema = z
  .object({
    accountId: plainText(200),
    kind: z.enum(OUTCOME_KINDS),
    occurredOn: z
      .preprocess(toDayAsWritten, calendarDay)
      .describe("The day it happened, or that it was told of; of a moment, the day as written."),
    value: z
      .number()
      .nullish()
      .describe("Contract value a year after it, in the project's currency."),
  })
  .openapi("Outcome");

export type Outcome = z.output<typeof outcomeSchema>;

export const outcomesBody = z.object({
  outcomes: z.array(z.unknown()).max(MAX_BULK_ROWS).describe("Rows of the schema Outcome."),
});

export const outcomeListQuery = pageQuery.extend({
  accountId: z.string().max(200).optional(),
});
