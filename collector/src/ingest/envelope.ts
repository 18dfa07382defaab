import type { MessageType } from "@telltale/protocol";
import { toProblemErrors } from "../http.ts";
import { Problem } from "../problem.ts";
import { inspectJson } from "./inspect-json.ts";
import { batchSchema } from "./schema.ts";

const SINGLES: { [path: string]: MessageType } = {
  "/v1/track": "track",
  "/v1/t": "track",
  "/v1/identify": "identify",
  "/v1/i": "identify",
  "/v1/group": "group",
  "/v1/g": "group",
  "/v1/page": "page",
  "/v1/p": "page",
  "/v1/screen": "screen",
  "/v1/s": "screen",
  "/v1/alias": "alias",
  "/v1/a": "alias",
};

/** Where messages are sent to: batches, the singles, and the short forms of both. */
export const INGEST_PATHS: ReadonlySet<string> = new Set([
  "/v1/batch",
  "/v1/b",
  // Where Segment's Ruby library sends its batches.
  "/v1/import",
  ...Object.keys(SINGLES),
]);

/** What a body holds, whichever path it was sent to. */
export interface Envelope {
  messages: unknown[];
  sentAt: string | null;
  context: Record<string, unknown>;
  dropped: Record<string, number>;
}

/**
 * @param path - one of {@link INGEST_PATHS}
 * @throws {Problem} invalid-request
 */
export function openEnvelope(path: string, body: unknown): Envelope {
  const type = SINGLES[path];
  return type === undefined ? openBatch(body) : openSingle(body, type);
}

/** Most batches are of this form, and a schema library takes ten times as long to say so. */
function openPlainBatch(body: unknown): Envelope | null {
  if (typeof body !== "object" || body === null) return null;
  const { batch, sentAt, context, dropped } = body as Record<string, unknown>;
  const isPlain =
    Array.isArray(batch) &&
    (sentAt === undefined || typeof sentAt === "string") &&
    context === undefined &&
    dropped === undefined;
  if (!isPlain) return null;
  return {
    messages: batch,
    sentAt: sentAt ?? null,
    context: {},
    dropped: {},
  };
}

function openBatch(body: unknown): Envelope {
  return openPlainBatch(body) ?? openAnyBatch(body);
}

function openAnyBatch(body: unknown): Envelope {
  const parsed = batchSchema.safeParse(body);
  if (!parsed.success) {
    throw new Problem("invalid-request", "The body is not a batch: { batch: [message, …] }.", {
      errors: toProblemErrors(parsed.error),
    });
  }
  const { batch, sentAt, context, dropped } = parsed.data;
  return {
    messages: batch,
    sentAt: sentAt ?? null,
    context: context ? requireStorable(context) : {},
    dropped: dropped ?? {},
  };
}

/** What goes under the context of each message is judged as that is. */
function requireStorable(context: Record<string, unknown>): Record<string, unknown> {
  const fault = inspectJson(context);
  if (!fault) return context;
  throw new Problem("invalid-request", "The context of the batch can't be kept.", {
    errors: [{ pointer: "/context", detail: fault.detail }],
  });
}

function openSingle(body: unknown, type: MessageType): Envelope {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Problem("invalid-request", "The body is not a message.", {
      errors: [{ pointer: "", detail: "must be an object" }],
    });
  }
  const { writeKey, sentAt, ...message } = body as Record<string, unknown>;
  return {
    messages: [{ ...message, type }],
    sentAt: typeof sentAt === "string" ? sentAt : null,
    context: {},
    dropped: {},
  };
}
