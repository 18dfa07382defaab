import { createFlatLogger, type Logger } from "./logger.ts";
import type { Metrics } from "./operations/metrics.ts";

/** A request that was answered. */
export interface AnsweredRequest {
  requestId: string;
  method: string;
  /** The pattern, not the path: that may hold an address or a key. */
  route: string;
  status: number;
  /** Moment of `performance.now()`. */
  startedAt: number;
  /** What else its line tells. */
  fields: Record<string, unknown>;
}

/** Counts a request and writes its line. */
export type NoteRequest = (request: AnsweredRequest) => void;

export function createRequestLog(logger: Logger, metrics: Metrics): NoteRequest {
  const lines = createFlatLogger(logger);
  return ({ requestId, method, route, status, startedAt, fields }) => {
    const durationMs = performance.now() - startedAt;
    metrics.countRequest({ method, route, status, seconds: durationMs / 1_000 });
    const rounded = Math.round(durationMs * 10) / 10;
    lines.info({ requestId, method, route, status, durationMs: rounded, ...fields }, "request");
  };
}
