import type { BatchResponse } from "@telltale/protocol";
import type { Answer } from "./retry.ts";

const TIMEOUT_MS = 10_000;

/** The answer to a batch, and what it tells of surveys. */
export type BatchAnswer = Answer & Pick<BatchResponse, "wake">;

/**
 * Posts a body as `text/plain`, which spares the CORS preflight, and so that it outlives the page.
 *
 * @returns the answer; never rejects, even where the page has put something else in place of `fetch`
 */
export async function post(url: string, body: BodyInit): Promise<BatchAnswer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      keepalive: true,
      credentials: "omit",
      // Absent in browsers of before 2022, which then wait longer.
      signal: AbortSignal.timeout?.(TIMEOUT_MS) as AbortSignal,
    });
    return {
      // Reading a body costs as much as making the request: only where it tells of surveys. What is
      // cut off was still an answer.
      ...(response.headers.get("telltale-wake") !== "0" && (await response.json().catch(() => {}))),
      status: response.status,
      retryAfterMs: Number(response.headers.get("retry-after")) * 1_000,
    };
  } catch {
    return { status: 0 };
  }
}
