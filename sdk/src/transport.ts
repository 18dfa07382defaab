import type { Answer } from "./retry.ts";

const TIMEOUT_MS = 10_000;

/**
 * Posts a body as `text/plain`, which spares the CORS preflight, and so that it outlives the page.
 *
 * @returns the answer; never throws
 */
export async function post(url: string, body: string): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      keepalive: true,
      credentials: "omit",
      ...(AbortSignal.timeout && { signal: AbortSignal.timeout(TIMEOUT_MS) }),
    });
    const retryAfterMs = Number(response.headers.get("retry-after")) * 1_000 || 0;
    return { status: response.status, retryAfterMs };
  } catch {
    return { status: 0, retryAfterMs: 0 };
  }
}
