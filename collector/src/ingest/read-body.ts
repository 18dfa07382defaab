import type { IncomingMessage } from "node:http";
import { createGunzip } from "node:zlib";
import { MAX_BODY_BYTES } from "@telltale/protocol";
import { Problem } from "../problem.ts";
import type { IngestRequest } from "./endpoint.ts";
import { type Suspicion, suspicionOf } from "./inspect-json.ts";

const tooLarge = () =>
  new Problem("too-large", `A body has at most ${MAX_BODY_BYTES} bytes, also after inflation.`);

/** Reads a web stream; stops at the limit. */
export async function readStream(body: ReadableStream<Uint8Array> | null): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    if (length > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reads Node's own request, which costs a fraction of a web stream; stops at the limit. */
export function readIncoming(incoming: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let isOver = false;
    const cut = () => new Problem("invalid-request", "The body ended before its length.");
    if (incoming.destroyed) return reject(cut());
    incoming.on("data", (chunk: Buffer) => {
      length += chunk.byteLength;
      if (length <= MAX_BODY_BYTES) chunks.push(chunk);
      else if (!isOver) {
        isOver = true;
        incoming.pause();
        reject(tooLarge());
      }
    });
    incoming.on("end", () => {
      isOver = true;
      resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));
    });
    // Without a listener for errors a request that is cut just closes.
    incoming.on("close", () => {
      if (!isOver) reject(cut());
    });
  });
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

/** @throws {Problem} too-large, unsupported-media-type or invalid-request */
async function readText(headers: BodyHeaders, read: () => Promise<Buffer>): Promise<string> {
  const encoding = (headers.encoding ?? "identity").toLowerCase();
  if (encoding !== "identity" && encoding !== "gzip") {
    throw new Problem("unsupported-media-type", "Content-Encoding must be gzip or absent.");
  }
  if (Number(headers.length ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  let bytes = await read();
  // Some senders compress without saying so.
  if (encoding === "gzip" || (bytes[0] === 0x1f && bytes[1] === 0x8b)) bytes = await inflate(bytes);
  return bytes.toString("utf8");
}

interface BodyHeaders {
  encoding: string | null | undefined;
  length: string | null | undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Problem("invalid-request", "The body is not JSON.", {
      errors: [{ pointer: "", detail: (error as Error).message }],
    });
  }
}

/**
 * The JSON value in a request's body: plain or gzip, whatever the content type says, since
 * beacons send `text/plain`.
 *
 * @throws {Problem} too-large, unsupported-media-type, or invalid-request with a pointer
 */
export async function readJsonBody(request: Request): Promise<unknown> {
  const { headers } = request;
  const encoding = headers.get("content-encoding");
  const length = headers.get("content-length");
  return parseJson(await readText({ encoding, length }, () => readStream(request.body)));
}

/** A body, and what its values may hold. */
export interface IngestBody {
  value: unknown;
  suspicion: Suspicion;
}

/** {@link readJsonBody} for requests that bring messages. */
export async function readIngestBody(
  request: Pick<IngestRequest, "header" | "readBody">,
): Promise<IngestBody> {
  const encoding = request.header("content-encoding");
  const length = request.header("content-length");
  const text = await readText({ encoding, length }, request.readBody);
  return { value: parseJson(text), suspicion: suspicionOf(text) };
}
