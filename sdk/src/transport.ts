import type { Answer } from "./retry.ts";

const TIMEOUT_MS = 10_000;

/**
 * Posts a body as `text/plain`, which spares the CORS preflight, and so that it outlives the page.
 *
 * @returns the answer; never rejects
 */
export function post(url: string, body: string | Blob): Promise<Answer> {
  return fetch(url, {
    method: "POST",
    body,
    keepalive: true,
    credentials: "omit",
    // Absent in browsers of before 2022, which then wait longer.
    signal: AbortSignal.timeout?.(TIMEOUT_MS) as AbortSignal,
  }).then(
    ({ status, headers }) => ({ status, retryAfterMs: Number(headers.get("retry-after")) * 1_000 }),
    () => ({ status: 0, retryAfterMs: 0 }),
  );
}
