import { parse } from "csv-parse/sync";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { readMapped } from "./presets/generic.ts";
import { findSource, recordReceipt } from "./source-queries.ts";
import { type StoredSignals, storeSignals } from "./store-signals.ts";

const MAX_ROWS = 50_000;
const CHUNK = 5_000;
const NOTHING_READ =
  "gives nothing: its account, number or time can't be read, or its word is not in the mapping";

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
): Promise<StoredSignals & { rows: number }> {
  const source = await findSource(sql, key.projectId, key.id);
  if (!source) throw new Problem("not-found", `There is no source ${key.id} in this project.`);
  const { mapping } = source;
  if (mapping === null) {
    throw new Problem("invalid-request", "Only a generic source, with its mapping, reads CSV.");
  }
  const rows = parseRows(text);
  const at = new Date(now).toISOString();
  const total = { rows: rows.length, accepted: 0, unmatched: 0, rejected: [] } as StoredSignals & {
    rows: number;
  };
  for (let start = 0; start < rows.length; start += CHUNK) {
    const read = rows.slice(start, start + CHUNK).map((row) => readMapped(row, mapping, at));
    const rowOf = read.flatMap((signals, index) => signals.map(() => start + index));
    const stored = await storeSignals(sql, source, { signals: read.flat(), now });
    total.accepted += stored.accepted;
    total.unmatched += stored.unmatched;
    total.rejected.push(
      ...stored.rejected.map((one) => ({ ...one, index: rowOf[one.index] ?? one.index })),
      ...read.flatMap((signals, index) =>
        signals.length === 0 ? [{ index: start + index, detail: NOTHING_READ }] : [],
      ),
    );
  }
  total.rejected.sort((a, b) => a.index - b.index);
  const { accepted, unmatched } = total;
  await recordReceipt(sql, { ...key, at, accepted, unmatched });
  return total;
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
