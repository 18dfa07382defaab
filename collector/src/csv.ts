/** What a spreadsheet would take for a formula, also behind blanks, and in the wide forms of East Asian keyboards. */
const FORMULA = /^[\s]*[=+\-@\t\r＝＋－＠]/;

/** A number that is really one may start with a minus. */
const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * One cell of RFC 4180. Text that a spreadsheet would run as a formula starts with an apostrophe.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsvCell(value: string | number | null): string {
  if (value === null) return "";
  let text = String(value);
  if (FORMULA.test(text) && !(typeof value === "number" && NUMBER.test(text))) text = `'${text}`;
  return /[",\r\n]/.test(text) || text.startsWith("'") ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV, with a mark that tells spreadsheets that it is UTF-8. */
export function toCsv(rows: readonly (string | number | null)[][]): string {
  return `\uFEFF${rows.map((row) => row.map(toCsvCell).join(",")).join("\r\n")}\r\n`;
}
