/**
 * What the form shows and gets back unchanged stays exactly as it was, also where its text says less
 * than the value did: a form loses nothing that nobody touched.
 *
 * @module
 */

/** Text as an input of one line gives it back: without line breaks and blanks around it. */
export const toLine = (text: string): string =>
  text
    .replace(/[\r\n]+/g, "")
    .trim()
    .toWellFormed();

/** The lines of a text area that hold something. */
export const toLines = (text: string): string[] =>
  text
    .split(/\r\n?|\n/)
    .map(toLine)
    .filter((line) => line !== "");

/** A text that the form shows as {@link toLine} has it. */
export function keepText(typed: string, before: string | undefined): string {
  return before !== undefined && toLine(before) === typed ? before : typed;
}

/** A value with a text of its own, for instance a number of seconds. */
export function keepValue<Value>(
  typed: string,
  before: Value | undefined,
  { show, read }: { show: (value: Value) => string; read: (typed: string) => Value },
): Value {
  return before !== undefined && show(before) === typed ? before : read(typed);
}

/** Rows of fields: each that looks as one did before is that one, whatever stands around it. */
export function keepRows<Row, Value>(
  rows: readonly Row[],
  before: readonly Value[],
  { show, read }: { show: (value: Value) => Row; read: (row: Row) => Value },
): Value[] {
  const left = before.map((value) => ({ value, shown: JSON.stringify(show(value)) }));
  return rows.map((row) => {
    const at = left.findIndex(({ shown }) => shown === JSON.stringify(row));
    const [same] = at < 0 ? [] : left.splice(at, 1);
    return same ? same.value : read(row);
  });
}

/** What is not said at all, where it is empty. */
export const ifAny = <Key extends string, Value>(
  key: Key,
  value: Value | undefined | "",
): { [Name in Key]?: Value } =>
  (value === undefined || value === "" ? {} : { [key]: value }) as { [Name in Key]?: Value };
