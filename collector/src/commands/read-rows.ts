import { createInterface } from "node:readline";
import { pipeline, type Readable } from "node:stream";
import { parse } from "csv-parse";
import { fail } from "./terminal.ts";

/** A row of a file; `row` is null where the line can't be read. */
export interface FileRow {
  /** Of the file, from 1. */
  line: number;
  row: unknown;
}

/** A JSON object a line; empty lines are passed over. */
export async function* readJsonLines(input: Readable): AsyncGenerator<FileRow> {
  let line = 0;
  for await (const text of createInterface({ input })) {
    line += 1;
    if (text.trim() === "") continue;
    let row: unknown = null;
    try {
      row = JSON.parse(text);
    } catch {
      // Stays null, and is rejected with the number of its line.
    }
    yield { line, row };
  }
}

/**
 * CSV with the names of the fields in its first line.
 *
 * @param needed - columns without which no row can be good
 * @throws {CommandFailure} when one of them is not there, or a line has not as many cells as the first
 */
export async function* readCsv(
  input: Readable,
  needed: readonly string[],
): AsyncGenerator<FileRow> {
  const columns = (names: string[]): string[] => {
    checkColumns(names, needed);
    return names;
  };
  const parser = parse({ columns, trim: true, info: true, bom: true });
  // What goes wrong with either ends the parser, and is thrown by the loop.
  pipeline(input, parser, () => {});
  try {
    for await (const { record, info } of parser) yield { line: info.lines, row: toTyped(record) };
  } catch (error) {
    if (!isCsvError(error)) throw error;
    fail(`The file is no CSV from line ${error.lines} on: ${error.message}.`);
  }
}

function checkColumns(names: readonly string[], needed: readonly string[]): void {
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length === 0) return;
  const [only = ""] = names;
  const separator = names.length === 1 ? /[;\t|]/.exec(only)?.[0] : undefined;
  const hint = separator
    ? ` Columns are parted by commas, not by ${JSON.stringify(separator)}.`
    : ` The first line has ${names.join(", ")}.`;
  fail(
    `The file needs ${needed.length === 1 ? "the column" : "columns"} ${needed.join(", ")}.${hint}`,
    2,
  );
}

function isCsvError(error: unknown): error is Error & { lines: number } {
  return error instanceof Error && "lines" in error;
}

/** What a message has that is no plain text. */
const OBJECTS: ReadonlySet<string> = new Set(["properties", "traits", "context"]);

/** CSV knows only text: numbers become numbers, empty cells become absent, JSON cells are read; an id stays as it is. */
function toTyped(record: Record<string, string>): Record<string, unknown> {
  const typed: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(record)) {
    if (text === "") continue;
    const isNumeric = name === "value" && Number.isFinite(Number(text));
    if (isNumeric) typed[name] = Number(text);
    else if (OBJECTS.has(name)) typed[name] = parseOrKeep(text);
    else typed[name] = text;
  }
  return typed;
}

function parseOrKeep(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
