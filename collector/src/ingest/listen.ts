import type { IncomingMessage, ServerResponse } from "node:http";
import { MAX_BEACON_BYTES } from "@telltale/protocol";
import type { IngestAnswer, IngestEndpoint, IngestRequest } from "./endpoint.ts";
import { readIncoming } from "./read-body.ts";

/** What is read of a refused body, so that its sender gets to see the answer. */
const MAX_DISCARDED_BYTES = 400_000;
const DISCARD_WITHIN_MS = 500;

/**
 * Answers a request of Node's own server. Most requests of a collector bring messages, and a router,
 * its middleware and web streams would take longer than the rest of the work on a small one.
 */
export async function answerIncoming(
  endpoint: IngestEndpoint,
  path: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const answer = await endpoint(toIngestRequest(path, incoming));
  write(answer, incoming, outgoing);
}

function toIngestRequest(path: string, incoming: IncomingMessage): IngestRequest {
  const { headers } = incoming;
  return {
    path,
    peer: incoming.socket.remoteAddress ?? null,
    header: (name) => headers[name] as string | undefined,
    query(name) {
      const { url = "" } = incoming;
      if (url.length === path.length) return undefined;
      return new URLSearchParams(url.slice(path.length + 1)).get(name) ?? undefined;
    },
    readBody: () => readIncoming(incoming),
  };
}

function write(
  { status, headers, body }: IngestAnswer,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  headers["content-length"] = String(Buffer.byteLength(body));
  const isKept = incoming.complete || isShort(incoming);
  if (!isKept) headers.connection = "close";
  outgoing.writeHead(status, headers);
  outgoing.end(body);
  if (!isKept) discardRest(incoming);
}

/** Whether reading on costs less than a new connection; Node does so by itself, for 30 s at most. */
function isShort({ headers }: IncomingMessage): boolean {
  return Number(headers["content-length"] ?? Number.NaN) <= MAX_BEACON_BYTES;
}

/** Reads on for a while, then cuts: a reset at once could take the answer with it. */
function discardRest(incoming: IncomingMessage): void {
  const cut = () => incoming.socket.destroy();
  const timer = setTimeout(cut, DISCARD_WITHIN_MS).unref();
  let bytes = 0;
  incoming
    .on("data", (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > MAX_DISCARDED_BYTES) cut();
    })
    .on("error", () => {})
    .once("close", () => clearTimeout(timer))
    .resume();
}
