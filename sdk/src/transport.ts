import type { BatchResponse, ProblemDocument } from "@telltale/protocol";
import { attempt } from "./browser/attempt.ts";
import type { Answer } from "./retry.ts";

const TIMEOUT_MS = 10_000;

/** The answer to a batch. */
export interface BatchAnswer extends Answer {
  /** What it says, where that could be read. */
  body?: Partial<BatchResponse & ProblemDocument> | null;
}

/**
 * Posts a body as `text/plain`, which spares the CORS preflight, and so that it outlives the page.
 *
 * @returns the answer; never rejects, even where the page has put something else in place of `fetch`
 */
export async function post(url: string, body: BodyInit): Promise<BatchAnswer> {
  const answer: BatchAnswer = { status: 0 };
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      keepalive: true,
      credentials: "omit",
      // Absent in browsers of before 2022, or patched by the page: these wait longer.
      signal: attempt(() => AbortSignal.timeout(TIMEOUT_MS)) as AbortSignal,
    });
    answer.status = response.status;
    if (!response.ok) answer.retryAfterMs = Number(response.headers.get("retry-after")) * 1_000;
    // What is cut off was still an answer. To leave it unread costs more: it would be kept.
    answer.body = await response.json();
  } catch {}
  return answer;
}
