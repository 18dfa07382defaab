import { EventEmitter } from "node:events";
import { Agent, buildConnector, request } from "undici";
import {
  bareHost,
  checkLiteralHost,
  createGuardedLookup,
  type LookupAll,
} from "./address-guard.ts";

/** One HTTP try. */
export interface Outgoing {
  url: string;
  method?: "POST" | "PATCH" | "PUT";
  headers: Record<string, string>;
  body: string;
}

/** What came of one HTTP try. */
export interface Answer {
  /** Null when no answer came. */
  status: number | null;
  /** The first 64 KB of the body, as text. */
  body: string;
  /** What went wrong below HTTP, else null. */
  error: string | null;
  isBlocked: boolean;
  /** Seconds that the receiver asked to wait, else null. */
  retryAfterSeconds: number | null;
  durationMs: number;
}

/** Sends requests to addresses that strangers chose. */
export interface Sender {
  /** Never throws: whatever happens is an answer. */
  send(outgoing: Outgoing): Promise<Answer>;
  close(): Promise<void>;
}

export interface SenderOptions {
  /** Lets private addresses be reached as well. */
  isPrivateAllowed: boolean;
  /** `host:port` of receivers that may be reached although private. */
  allowedHosts: readonly string[];
  /** Replaces the system's name service in tests. */
  lookup?: LookupAll;
  /** Until the status line, in milliseconds. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 15_000;
/** The status decides; its body is only read for the log. */
const BODY_TIMEOUT_MS = 5_000;
const MAX_BODY_BYTES = 65_536;

/** Connects to public addresses only, follows no redirect, and reads no more than it needs. */
export function createSender(options: SenderOptions): Sender {
  const { timeoutMs = TIMEOUT_MS } = options;
  const plain = buildConnector({ timeout: timeoutMs });
  const guarded = buildConnector({
    timeout: timeoutMs,
    lookup: createGuardedLookup(options.lookup),
  });
  const agent = new Agent({
    connect: (target, callback) => {
      const port = target.port || (target.protocol === "https:" ? "443" : "80");
      const isAllowed =
        options.isPrivateAllowed ||
        options.allowedHosts.includes(`${bareHost(target.hostname)}:${port}`);
      if (isAllowed) return plain(target, callback);
      try {
        checkLiteralHost(target.hostname);
      } catch (error) {
        return callback(error as Error, null);
      }
      guarded(target, callback);
    },
    headersTimeout: timeoutMs,
    maxHeaderSize: 16_384,
    keepAliveTimeout: 10_000,
  });

  return {
    async send({ url, method = "POST", headers, body }) {
      const startedAt = performance.now();
      // A plain emitter costs a fifth of an AbortSignal, which is felt at thousands a second.
      const abort = new EventEmitter();
      const timer = setTimeout(() => abort.emit("abort"), timeoutMs);
      const failed = (error: unknown): Answer => ({
        status: null,
        body: "",
        error: describe(error),
        isBlocked: (error as { code?: unknown }).code === "BLOCKED_ADDRESS",
        retryAfterSeconds: null,
        durationMs: performance.now() - startedAt,
      });
      try {
        const response = await request(url, {
          dispatcher: agent,
          method,
          headers,
          body,
          signal: abort,
        });
        clearTimeout(timer);
        const text = await readStart(response.body);
        return {
          status: response.statusCode,
          body: text,
          error: null,
          isBlocked: false,
          retryAfterSeconds: toSeconds(response.headers["retry-after"]),
          durationMs: performance.now() - startedAt,
        };
      } catch (error) {
        clearTimeout(timer);
        return failed(error);
      }
    },
    close: () => agent.destroy(),
  };
}

async function readStart(body: AsyncIterable<Buffer> & { destroy(): void }): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  const cut = setTimeout(() => body.destroy(), BODY_TIMEOUT_MS);
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= MAX_BODY_BYTES) break;
    }
  } catch {
    // A body that breaks off changes nothing about the status that came before it.
  } finally {
    clearTimeout(cut);
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES).toString("utf8");
}

function toSeconds(header: string | string[] | undefined): number | null {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, Math.round((date - Date.now()) / 1000));
}

function describe(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === "UND_ERR_ABORTED" || code === "UND_ERR_HEADERS_TIMEOUT") return "timeout";
  return [code?.toLowerCase(), message].filter(Boolean).join(": ").slice(0, 300) || "failed";
}
