import { z } from "@hono/zod-openapi";
import { Problem } from "./problem.ts";

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

/** A page's last position, sealed so that nobody builds on its inside. */
export function toCursor(position: (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** @throws {Problem} invalid-request, when it is not a cursor of this length */
export function parseCursor(cursor: string, length: number): (string | number | null)[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const isValid =
      Array.isArray(position) &&
      position.length === length &&
      position.every((part) => part === null || ["string", "number"].includes(typeof part));
    if (isValid) return position;
  } catch {
    // Falls through to the one answer for all that is no cursor.
  }
  throw new Problem("invalid-request", "The cursor is not one that this list gave.", {
    errors: [{ pointer: "/cursor", detail: "take nextCursor of the page before, unchanged" }],
  });
}
