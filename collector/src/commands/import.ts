import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Command } from "commander";
import type { Database } from "../db/client.ts";
import { createIngestion } from "../ingest/create-ingestion.ts";
import { recordBatch } from "../ingest/record-batch.ts";
import { recordObservations } from "../observations/record-observations.ts";
import { recordOutcomes } from "../outcomes/record-outcomes.ts";
import { chooseProject } from "./choose-project.ts";
import { createProgress } from "./progress.ts";
import { readCsv, readJsonLines } from "./read-rows.ts";
import { fail, readConfig, say } from "./terminal.ts";
import { withDatabase } from "./with-database.ts";

const BATCH_ROWS = 500;
const NAMED_LINES = 20;
const KINDS = ["events", "outcomes", "observations"] as const;
type Kind = (typeof KINDS)[number];
/** Columns of a CSV file without which no row can be good. */
const NEEDED: Record<Kind, string[]> = {
  events: ["type"],
  outcomes: ["accountId", "kind", "occurredOn"],
  observations: ["accountId", "series", "value"],
};

interface Line {
  line: number;
  detail: string;
}

/** A warning is of a row that is stored, but does not count yet. */
interface Imported {
  accepted: number;
  rejected: Line[];
  warnings: Line[];
}

type Placed = { index: number; detail: string }[];
type StoreRows = (
  rows: unknown[],
) => Promise<{ accepted: number; rejected: Placed; warnings?: Placed }>;

/** `telltale import`: reads history from a file, as an import with a secret key would. */
export function importCommand(): Command {
  return new Command("import")
    .description("read events, outcomes or observations from a .csv or .jsonl file")
    .argument("<kind>", KINDS.join(", "))
    .argument("<file>", "CSV with the fields' names in its first line, or a JSON object a line")
    .option("--project <name>", "name or id; else the first project")
    .option("--json", "answer in JSON")
    .action((kind: string, file: string, options: { project?: string; json?: true }) => {
      if (!isKind(kind)) fail(`The kind is one of ${KINDS.join(", ")}.`, 2);
      return withDatabase(readConfig(), async (database) => {
        const { size } = await stat(file).catch(() => fail(`There is no file ${file}.`, 2));
        const project = await chooseProject(database.db, options.project);
        const progress = createProgress("Importing", size, options);
        const store = createStore(database, project.id, kind);
        const result = await importFile({ file, kind }, store, progress.update);
        progress.stop();
        process.exitCode = result.rejected.length > 0 ? 1 : 0;
        if (options.json) return say(JSON.stringify(result));
        say(`${result.accepted} rows stored, ${result.rejected.length} rejected.`);
        sayLines(result.rejected);
        if (result.warnings.length === 0) return;
        say(`${result.warnings.length} of the stored rows do not count yet:`);
        sayLines(result.warnings);
      });
    });
}

function sayLines(lines: readonly Line[]): void {
  for (const { line, detail } of lines.slice(0, NAMED_LINES)) say(`  line ${line}: ${detail}`);
  if (lines.length > NAMED_LINES) say(`  and ${lines.length - NAMED_LINES} more; --json has all.`);
}

function isKind(kind: string): kind is Kind {
  return KINDS.some((known) => known === kind);
}

function createStore({ sql, bulk }: Database, projectId: string, kind: Kind): StoreRows {
  const clock = () => Date.now();
  if (kind === "outcomes") return (rows) => recordOutcomes(sql, projectId, rows, clock());
  if (kind === "observations") return (rows) => recordObservations(sql, projectId, rows, clock());
  const deps = { sql, eventWriter: createIngestion(sql, clock, { bulk }) };
  return async (rows) => {
    const answer = await recordBatch(deps, rows, {
      projectId,
      receivedAtMs: clock(),
      sentAtMs: undefined,
      isImport: true,
      context: {},
    });
    return { accepted: answer.accepted + answer.duplicates, rejected: answer.rejected };
  };
}

/** Reads a file row by row, so that memory does not grow with it. */
async function importFile(
  { file, kind }: { file: string; kind: Kind },
  store: StoreRows,
  onProgress: (bytes: number) => void,
): Promise<Imported> {
  const input = createReadStream(file);
  const isCsv = file.toLowerCase().endsWith(".csv");
  const rows = isCsv ? readCsv(input, NEEDED[kind]) : readJsonLines(input);
  const total: Imported = { accepted: 0, rejected: [], warnings: [] };
  let batch: { line: number; row: unknown }[] = [];
  const flush = async () => {
    const answer = await store(batch.map(({ row }) => row));
    const toLine = ({ index, detail }: Placed[number]): Line => {
      return { line: batch[index]?.line ?? 0, detail };
    };
    total.accepted += answer.accepted;
    total.rejected.push(...answer.rejected.map(toLine));
    total.warnings.push(...(answer.warnings ?? []).map(toLine));
    batch = [];
    onProgress(input.bytesRead);
  };
  for await (const row of rows) {
    batch.push(row);
    if (batch.length === BATCH_ROWS) await flush();
  }
  if (batch.length > 0) await flush();
  return total;
}
