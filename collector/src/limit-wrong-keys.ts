import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import { findClientAddress } from "./client-address.ts";
import type { AppEnv } from "./http.ts";
import { Problem } from "./problem.ts";
import { createTokenBuckets, type Rate } from "./token-buckets.ts";

/** Twenty mistakes at once, then one in five seconds. */
const MISTAKES: Rate = { perSecond: 0.2, burst: 20 };

/**
 * Stops who guesses keys: an address that was answered 401 too often is not answered any more for
 * a while, so that it learns nothing of the next guess.
 */
export function limitWrongKeys(trustedProxyHops: number): MiddlewareHandler<AppEnv> {
  const buckets = createTokenBuckets();
  return createMiddleware<AppEnv>(async (c, next) => {
    const address = findClientAddress(c, trustedProxyHops);
    if (address === null) return next();
    const waitSeconds = buckets.wait(address, MISTAKES);
    if (waitSeconds > 0) {
      throw new Problem("too-many-requests", "Too many wrong keys from this address.", {
        retryAfterSeconds: waitSeconds,
      });
    }
    await next();
    if (c.res.status === 401) buckets.take(address, MISTAKES);
  });
}
