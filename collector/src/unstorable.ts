/** Whether Postgres takes a text: a zero byte and half a character are none to it. */
export const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** A text without what Postgres does not take; halves of characters, which a cut leaves too, become U+FFFD. */
export const toStorable = (text: string): string => text.replaceAll("\0", "").toWellFormed();

/** The paths of texts and keys in a JSON value that Postgres does not take. */
export function findUnstorable(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === "string") return isStorable(value) ? [] : [[...path]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    isStorable(key) ? findUnstorable(part, [...path, key]) : [[...path]],
  );
}
