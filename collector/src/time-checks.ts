import { z } from "@hono/zod-openapi";

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
