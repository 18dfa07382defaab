import { createGunzip } from "node:zlib";
import { MAX_BODY_BYTES } from "@telltale/protocol";
import { Problem } from "../problem.ts";

const tooLarge = () =>
  new Problem("too-large", `A body has at most ${MAX_BODY_BYTES} bytes, also after inflation.`);

async function readBytes(body: ReadableStream<Uint8Array> | null): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Inflates in small steps and stops at the limit, so that a gzip bomb costs next to nothing. */
function inflate(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const gunzip = createGunzip({ chunkSize: 16_384 });
    const chunks: Buffer[] = [];
    let length = 0;
    gunzip.on("data", (chunk: Buffer) => {
      length += chunk.byteLength;
      chunks.push(chunk);
      if (length > MAX_BODY_BYTES) gunzip.destroy(tooLarge());
    });
    gunzip.once("end", () => resolve(Buffer.concat(chunks)));
    gunzip.once("error", (error) => {
      const isOurs = error instanceof Problem;
      reject(isOurs ? error : new Problem("invalid-request", "The body is not valid gzip."));
    });
    gunzip.end(bytes);
  });
}

/**
 * The JSON value in a request's body: plain or gzip, whatever the content type says, since
 * beacons send `text/plain`.
 *
 * @throws {Problem} too-large, unsupported-media-type, or invalid-request with a pointer
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const encoding = (request.headers.get("content-encoding") ?? "identity").toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new Problem("unsupported-media-type", "Content-Encoding must be gzip or absent.");
  }
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  let bytes = await readBytes(request.body);
  // Some senders compress without saying so.
  if (encoding === "gzip" || (bytes[0] === 0x1f && bytes[1] === 0x8b)) bytes = await inflate(bytes);
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch (error) {
    throw new Problem("invalid-request", "The body is not JSON.", {
      errors: [{ pointer: "", detail: (error as Error).message }],
    });
  }
}
