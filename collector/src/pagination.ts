import { z } from "@hono/zod-openapi";
import { validate as isUuid } from "uuid";
import { Problem } from "./problem.ts";
import { isStorable } from "./unstorable.ts";

/** The query parameters of a list. */
export const pageQuery = z.object({
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(50)
    .openapi({ description: "Rows a page, 1 to 500." }),
  cursor: z
    .string()
    .max(2_000)
    .optional()
    .openapi({ description: "nextCursor of the page before." }),
});

/** The frame of a list's answer. */
export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ data: z.array(row), nextCursor: z.string().nullable() });

/** What stands at a place of a cursor. */
type CursorPart = "id" | "moment" | "day" | "text";

const IS_PART: Readonly<Record<CursorPart, (text: string) => boolean>> = {
  id: isUuid,
  // What is no day of the calendar is read as one of the next month, and written as that.
  moment: (text) =>
    text.length === 24 && Date.parse(text) >= 0 && new Date(text).toISOString() === text,
  day: (text) => z.iso.date().safeParse(text).success,
  text: isStorable,
};

/** A page's last position, sealed so that nobody builds on its inside. */
export function toCursor(position: string[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/**
 * The position that a cursor holds. Whatever it was made of by others, the database takes its parts.
 *
 * @param kinds - of its parts, in their order
 * @throws {Problem} invalid-request, when it is no cursor of these parts
 */
export function parseCursor<const Kinds extends readonly CursorPart[]>(
  cursor: string,
  kinds: Kinds,
): { [at in keyof Kinds]: string } {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const isValid =
      Array.isArray(position) &&
      position.length === kinds.length &&
      kinds.every((kind, at) => typeof position[at] === "string" && IS_PART[kind](position[at]));
    if (isValid) return position as { [at in keyof Kinds]: string };
  } catch {
    // Falls through to the one answer for all that is no cursor.
  }
  throw new Problem("invalid-request", "The cursor is not one that this list gave.", {
    errors: [{ pointer: "/cursor", detail: "take nextCursor of the page before, unchanged" }],
  });
}
