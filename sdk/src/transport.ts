import type { Answer } from "./retry.ts";

const TIMEOUT_MS = 10_000;

/**
 * Posts a body as `text/plain`, which spares the CORS preflight, and so that it outlives the page.
 *
 * @returns the answer; never throws
 */
export async function post(url: string, body: string): Promise<Answer> {
  try {
    const { status, headers } = await fetch(url, {
      method: "POST",
      body,
      keepalive: true,
      credentials: "omit",
      signal: AbortSignal.timeout?.(TIMEOUT_MS) ?? null,
    });
    return { status, retryAfterMs: Number(headers.get("retry-after")) * 1_000 };
  } catch {
    return { status: 0, retryAfterMs: 0 };
  }
}
