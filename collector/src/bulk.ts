import { z } from "@hono/zod-openapi";
import { MAX_ID_LENGTH, type ProblemError } from "@telltale/protocol";
import { toFaultWords } from "./fault-words.ts";
import { toPointer } from "./http.ts";
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

/** The year 0 is none to Postgres; events begin here too. */
const FIRST_DAY = "1970-01-01";
const LATER = `must be ${FIRST_DAY} or later`;
/** Years of five digits have another form, which Postgres does not read. */
const END = Date.parse("9999-01-01");

/** With an offset, the first of two texts may be the later moment. What is none has its own fault. */
const TOO_LATE = "must be before the year 9999";
const isSince1970 = (text: string): boolean => !(Date.parse(text) < 0);
const isWritable = (text: string): boolean => !(Date.parse(text) >= END);

/** A moment or a calendar day, ISO 8601; becomes a full moment. */
export const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: "must be ISO 8601, for instance 2026-01-31 or 2026-01-31T12:00:00Z",
  })
  .refine(isSince1970, LATER)
  .refine(isWritable, TOO_LATE);

/** A moment with its time zone, ISO 8601. */
export const instant = z.iso
  .datetime({ offset: true })
  .refine(isSince1970, LATER)
  .refine(isWritable, TOO_LATE);

/** A calendar day. */
export const calendarDay = z.iso
  .date({ error: "must be a calendar day such as 2026-01-31" })
  .refine((text) => text >= FIRST_DAY, LATER);

/** A text that Postgres can hold. */
export const plainText = (longest: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(longest, `must have at most ${longest} characters`)
    .refine(isStorable, "must be well-formed text");

/** The id of an account; a number counts as its text, as it does in events. */
export const accountIdText = z.preprocess(
  (id) => (typeof id === "number" ? String(id) : id),
  plainText(MAX_ID_LENGTH),
);
