import { z } from "@hono/zod-openapi";
import { MAX_ID_LENGTH, type ProblemError } from "@telltale/protocol";
import { toFaultWords } from "./fault-words.ts";
import { toPointer } from "./http.ts";
import { DIGITS_LOST, losesDigits } from "./lossy-number.ts";
import { isStorable } from "./unstorable.ts";

/** Most rows of one bulk request. */
export const MAX_BULK_ROWS = 10_000;

/** The answer to a bulk request: the good rows are kept, each bad one is named. */
export const bulkAnswer = z
  .object({
    accepted: z.number().int(),
    rejected: z.array(z.object({ index: z.number().int(), detail: z.string() })),
  })
  .openapi("BulkAnswer");

export interface Sorted<Row> {
  good: Row[];
  rejected: { index: number; detail: string }[];
}

/** Checks the rows of a bulk request one by one. */
export function sortRows<Row>(rows: unknown[], schema: z.ZodType<Row>): Sorted<Row> {
  const sorted: Sorted<Row> = { good: [], rejected: [] };
  for (const [index, row] of rows.entries()) {
    const parsed = schema.safeParse(row);
    if (parsed.success) {
      sorted.good.push(parsed.data);
    } else {
      const [issue] = parsed.error.issues;
      const field: ProblemError["pointer"] = toPointer(issue?.path ?? []) || "the row";
      sorted.rejected.push({
        index,
        detail: `${field}: ${issue ? toFaultWords(issue) : "is not valid"}`,
      });
    }
  }
  return sorted;
}

/** A text that Postgres can hold. */
export const plainText = (longest: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(longest, `must have at most ${longest} characters`)
    .refine(isStorable, "must be well-formed text");

/** The id of an account; a number that has all its digits counts as its text, as it does in events. */
export const accountIdText = z.preprocess((id, context) => {
  if (losesDigits(id)) context.addIssue(DIGITS_LOST);
  return typeof id === "number" ? String(id) : id;
}, plainText(MAX_ID_LENGTH));
