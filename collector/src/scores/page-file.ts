import { type FileHandle, open } from "node:fs/promises";

const LENGTH_BYTES = 4;

/** A file of byte strings that are read in the order they were written. */
export interface PageFile {
  /** @throws {Error} where the disk has no room */
  write(bytes: Buffer): Promise<void>;
  /** What was written so far; again and again, if asked for. */
  read(): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/**
 * Opens a file that only its owner reads, empty. Each page stands behind its length.
 *
 * @throws {Error} where it can't be made
 */
export async function openPageFile(path: string): Promise<PageFile> {
  const file: FileHandle = await open(path, "w+", 0o600).catch((error) => fail(path, error));
  let end = 0;
  return {
    async write(bytes) {
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32BE(bytes.length);
      // Unlike `write`, it goes on until all is written.
      await file.writeFile(Buffer.concat([length, bytes])).catch((error) => fail(path, error));
      end += LENGTH_BYTES + bytes.length;
    },
    async *read() {
      for (let at = 0; at < end; ) {
        const length = (await readAt(file, at, LENGTH_BYTES)).readUInt32BE();
        yield await readAt(file, at + LENGTH_BYTES, length);
        at += LENGTH_BYTES + length;
      }
    },
    close: () => file.close(),
  };
}

function fail(path: string, cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new Error(`rows could not be kept aside in ${path}: ${why}`, { cause });
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let done = 0; done < length; ) {
    const { bytesRead } = await file.read(bytes, done, length - done, position + done);
    if (bytesRead === 0) throw new Error("the file of rows kept aside ended too soon");
    done += bytesRead;
  }
  return bytes;
}
