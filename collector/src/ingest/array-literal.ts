const NEEDS_ESCAPE = /["\\]/;
const ESCAPED = /["\\]/g;

/**
 * A Postgres array literal of texts. The driver's own serialiser runs a replacement over every
 * element; here only those that hold a quote or a backslash pay for it.
 */
export function toTextArray<Row>(rows: readonly Row[], pick: (row: Row) => string): string {
  let literal = "{";
  let separator = "";
  for (const row of rows) {
    const text = pick(row);
    literal += `${separator}"${NEEDS_ESCAPE.test(text) ? text.replace(ESCAPED, "\\$&") : text}"`;
    separator = ",";
  }
  return `${literal}}`;
}

/** A Postgres array literal of values that need no quotes: ids, numbers, booleans. */
export function toBareArray<Row>(
  rows: readonly Row[],
  pick: (row: Row) => string | number | null,
): string {
  let literal = "{";
  let separator = "";
  for (const row of rows) {
    literal += `${separator}${pick(row) ?? "NULL"}`;
    separator = ",";
  }
  return `${literal}}`;
}

/** One JSON text of many. */
export function toJsonArray<Row>(rows: readonly Row[], pick: (row: Row) => string): string {
  let json = "[";
  let separator = "";
  for (const row of rows) {
    json += separator + pick(row);
    separator = ",";
  }
  return `${json}]`;
}
