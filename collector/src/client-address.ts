import type { Context } from "hono";

/**
 * The address that a request comes from; null where there is no socket.
 *
 * @param trustedProxyHops - how many proxies of yours stand in front: each appended one address to
 *   `X-Forwarded-For`, and what stands left of those anybody may have written
 */
export function findClientAddress(c: Context, trustedProxyHops: number): string | null {
  const forwarded = c.req.header("x-forwarded-for");
  return resolveAddress({ peer: findPeer(c), forwarded, trustedProxyHops });
}

/** Who is at the other end of the socket; null where there is none. */
export function findPeer(c: Context): string | null {
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)
    ?.incoming;
  return incoming?.socket?.remoteAddress ?? null;
}

interface AddressTrace {
  peer: string | null;
  /** The header `X-Forwarded-For`. */
  forwarded: string | undefined;
  trustedProxyHops: number;
}

/** {@link findClientAddress} for requests of any form. */
export function resolveAddress({ peer, forwarded, trustedProxyHops }: AddressTrace): string | null {
  if (trustedProxyHops === 0 || peer === null) return peer;
  const addresses = (forwarded ?? "").split(",").map((one) => one.trim());
  return addresses.at(-trustedProxyHops) || peer;
}
