import { z } from "@hono/zod-openapi";
import { accountIdText, bulkAnswer, MAX_BULK_ROWS } from "../bulk.ts";
import { pageQuery } from "../pagination.ts";
import { calendarDay } from "../time-checks.ts";

export const OUTCOME_KINDS = ["renewed", "churned", "expanded", "contracted"] as const;

/** The words for the things themselves, as other systems name them. */
const NOUNS: Readonly<Record<string, string>> = {
  renewal: "renewed",
  churn: "churned",
  expansion: "expanded",
  contraction: "contracted",
};

const toKind = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  const word = value.trim().toLowerCase();
  return NOUNS[word] ?? word;
};

/** Exports of other systems have moments: the time of day says nothing of an outcome. */
const toDayAsWritten = (value: unknown): unknown =>
  typeof value === "string"
    ? value.trim().replace(/^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*$/, "$1")
    : value;

/** What was a spreadsheet once has numbers as text, and empty cells. */
const toNumber = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  const text = value.trim();
  return text === "" ? null : Number(text);
};

export const outcomeSchema = z
  .object({
    accountId: accountIdText.describe("As in events; a number counts as its text, below 2^53."),
    kind: z
      .preprocess(toKind, z.enum(OUTCOME_KINDS))
      .describe("In any case; renewal, churn, expansion and contraction are understood too."),
    occurredOn: z
      .preprocess(toDayAsWritten, calendarDay)
      .describe("The day it happened, or that it was told of; of a moment, the day as written."),
    value: z
      .preprocess(toNumber, z.number().nullish())
      .describe("Contract value a year after it, in the project's currency."),
  })
  .openapi("Outcome");

export type Outcome = z.output<typeof outcomeSchema>;

export const outcomesBody = z.object({
  outcomes: z.array(z.unknown()).max(MAX_BULK_ROWS).describe("Rows of the schema Outcome."),
});

export const outcomesAnswer = bulkAnswer
  .extend({
    warnings: bulkAnswer.shape.rejected.describe("Rows that are kept, and no evaluation uses yet."),
  })
  .openapi("OutcomesAnswer");

export const outcomeListQuery = pageQuery.extend({
  accountId: z.string().max(200).optional(),
});
