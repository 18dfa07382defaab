import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { deserialize, serialize } from "node:v8";

/** Rows that memory holds; what comes after them goes to a file. */
const ROWS_IN_MEMORY = 1_000;
const LENGTH_BYTES = 4;

/** Pages that are kept aside, to be read once again in their order. */
export interface Spill<Row> {
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
  const path = join(folder, "pages");
  const out = createWriteStream(path, { mode: 0o600 });
  return {
    async write(bytes: Buffer): Promise<void> {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(bytes.length);
      await new Promise<void>((resolve, reject) => {
        out.write(Buffer.concat([length, bytes]), (error) => (error ? reject(error) : resolve()));
      });
    },
    async *read(): AsyncGenerator<Buffer> {
      if (!out.writableEnded) await finished(out.end());
      let rest: Buffer = Buffer.alloc(0);
      for await (const chunk of createReadStream(path)) {
        rest = Buffer.concat([rest, chunk as Buffer]);
        for (;;) {
          const end = rest.length < LENGTH_BYTES ? null : LENGTH_BYTES + rest.readUInt32BE();
          if (end === null || rest.length < end) break;
          yield rest.subarray(LENGTH_BYTES, end);
          rest = rest.subarray(end);
        }
      }
    },
    async remove(): Promise<void> {
      out.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
