import { parse } from "csv-parse/sync";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { isSignal, readMapped } from "./presets/generic.ts";
import { findSource, recordReceipt } from "./source-queries.ts";
import { type StoredSignals, storeSignals } from "./store-signals.ts";

const MAX_ROWS = 50_000;
const CHUNK = 5_000;
/** Enough to see what is wrong with a file; the rest is counted. */
const MAX_REJECTED = 1_000;
const UNREADABLE = "gives nothing: its account, number or time can't be read";

/** What became of a file. */
export interface ImportedRows extends StoredSignals {
  rows: number;
  /** Rows that give nothing because no outcome of the mapping has their word. */
  ignored: number;
  rejectedCount: number;
}

/**
 * Reads a CSV file with a header row by the mapping of a generic source; paths are column names.
 *
 * @param now - milliseconds since the epoch
 * @throws {Problem} not-found; invalid-request, for a source without mapping or what is no CSV
 */
export async function importCsv(
  sql: Sql,
  key: { projectId: string; id: string },
  { text, now }: { text: string; now: number },
): Promise<ImportedRows> {
  const source = await findSource(sql, key.projectId, key.id);
  if (!source) throw new Problem("not-found", `There is no source ${key.id} in this project.`);
  const { mapping } = source;
  if (mapping === null) {
    throw new Problem("invalid-request", "Only a generic source, with its mapping, reads CSV.");
  }
  const rows = parseRows(text);
  const at = new Date(now).toISOString();
  const total = { accepted: 0, unmatched: 0, ignored: 0 };
  const rejected: StoredSignals["rejected"] = [];
  for (let start = 0; start < rows.length; start += CHUNK) {
    const read = rows.slice(start, start + CHUNK).map((row) => readMapped(row, mapping, at));
    const rowOf = read.flatMap((row, index) => row.filter(isSignal).map(() => start + index));
    const signals = read.flat().filter(isSignal);
    const stored = await storeSignals(sql, source, { signals, now });
    total.accepted += stored.accepted;
    total.unmatched += stored.unmatched;
    for (const one of stored.rejected) {
      rejected.push({ ...one, index: rowOf[one.index] ?? one.index });
    }
    for (const [index, row] of read.entries()) {
      if (row.some(isSignal)) continue;
      if (row.includes("unreadable")) rejected.push({ index: start + index, detail: UNREADABLE });
      else total.ignored += 1;
    }
  }
  rejected.sort((a, b) => a.index - b.index);
  const { accepted, unmatched } = total;
  await recordReceipt(sql, { ...key, at, accepted, unmatched });
  const rejectedCount = rejected.length;
  return { rows: rows.length, ...total, rejectedCount, rejected: rejected.slice(0, MAX_REJECTED) };
}

function parseRows(text: string): Record<string, string>[] {
  try {
    const rows: unknown = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      skip_empty_lines: true,
      to: MAX_ROWS + 1,
    });
    if (Array.isArray(rows) && rows.length <= MAX_ROWS) return rows;
  } catch (cause) {
    throw new Problem("invalid-request", `This is not CSV: ${(cause as Error).message}`, { cause });
  }
  throw new Problem("too-large", `A file has at most ${MAX_ROWS} rows.`);
}
