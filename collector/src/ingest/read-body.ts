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

interface BodyHeaders {
  encoding: string | null | undefined;
  length: string | null | undefined;
}

/** @throws {Problem} too-large or unsupported-media-type */
function requireReadable({ encoding, length }: BodyHeaders): void {
  const name = (encoding || "identity").toLowerCase();
  if (name !== "identity" && name !== "gzip") {
    throw new Problem("unsupported-media-type", "Content-Encoding must be gzip or absent.");
  }
  if (Number(length ?? 0) > MAX_BODY_BYTES) throw tooLarge();
}

/** Some senders compress without saying so. */
const isGzip = ({ encoding }: BodyHeaders, bytes: Buffer): boolean =>
  encoding?.toLowerCase() === "gzip" || (bytes[0] === 0x1f && bytes[1] === 0x8b);

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
  const headers: BodyHeaders = {
    encoding: request.headers.get("content-encoding"),
    length: request.headers.get("content-length"),
  };
  requireReadable(headers);
  let bytes = await readStream(request.body);
  if (isGzip(headers, bytes)) bytes = await inflate(bytes);
  return parseJson(bytes.toString("utf8"));
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
  const headers: BodyHeaders = {
    encoding: request.header("content-encoding"),
    length: request.header("content-length"),
  };
  requireReadable(headers);
  let bytes = await request.readBody();
  if (isGzip(headers, bytes)) bytes = await inflate(bytes);
  const text = bytes.toString("utf8");
  return { value: parseJson(text), suspicion: suspicionOf(text) };
}
