import type { Context } from "hono";

/**
 * The address that a request comes from; null where there is no socket.
 *
 * @param trustedProxyHops - how many proxies of yours stand in front: each appended one address to
 *   `X-Forwarded-For`, and what stands left of those anybody may have written
 */
export function findClientAddress(c: Context, trustedProxyHops: number): string | null {
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)
    ?.incoming;
  const peer = incoming?.socket?.remoteAddress ?? null;
  if (trustedProxyHops === 0 || peer === null) return peer;
  const forwarded = (c.req.header("x-forwarded-for") ?? "").split(",").map((one) => one.trim());
  return forwarded.at(-trustedProxyHops) || peer;
}
