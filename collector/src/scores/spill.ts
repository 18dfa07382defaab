import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { openPageFile } from "./page-file.ts";

/** Rows that memory holds; what comes after them goes to a file. */
const ROWS_IN_MEMORY = 1_000;

/** Pages that are kept aside, to be read once again in their order. */
export interface Spill<Row> {
  /** @throws {Error} where the disk has no room */
  add(page: Row[]): Promise<void>;
  pages(): AsyncGenerator<Row[]>;
  /** Removes the file, where there is one. */
  remove(): Promise<void>;
}

/**
 * Keeps pages of rows aside, so that memory does not grow with their number: the first thousand
 * rows stay in memory, the others wait in a file of the system's folder for such.
 *
 * @param limit - rows that stay in memory
 */
export function createSpill<Row>(limit = ROWS_IN_MEMORY): Spill<Row> {
  const kept: Row[][] = [];
  let rows = 0;
  let file: Awaited<ReturnType<typeof openFile>> | null = null;
  return {
    async add(page) {
      rows += page.length;
      if (rows <= limit) {
        kept.push(page);
        return;
      }
      file ??= await openFile();
      await file.write(serialize(page));
    },
    async *pages() {
      yield* kept;
      if (file) for await (const page of file.read()) yield deserialize(page) as Row[];
    },
    async remove() {
      await file?.remove();
    },
  };
}

async function openFile() {
  const folder = await mkdtemp(join(tmpdir(), "telltale-spill-"));
  const file = await openPageFile(join(folder, "pages")).catch(async (error) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  return {
    ...file,
    async remove(): Promise<void> {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
