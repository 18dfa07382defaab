import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./http.ts";
import { Problem, WrongKey } from "./problem.ts";
import { createTokenBuckets, type Rate } from "./token-buckets.ts";

/** Twenty mistakes at once, then one in five seconds. */
const MISTAKES: Rate = { perSecond: 0.2, burst: 20 };

/**
 * Stops who guesses keys: an address that came with too many wrong ones is not answered any more
 * for a while, so that it learns nothing of the next guess.
 */
export interface WrongKeyLimit {
  /** @throws {Problem} too-many-requests */
  check(address: string | null): void;
  /** Tells why a request of this address failed, if it did. */
  note(address: string | null, error: unknown): void;
}

export function createWrongKeyLimit(): WrongKeyLimit {
  const buckets = createTokenBuckets();
  return {
    check(address) {
      const waitSeconds = address === null ? 0 : buckets.wait(address, MISTAKES);
      if (waitSeconds === 0) return;
      throw new Problem("too-many-requests", "Too many wrong keys from this address.", {
        retryAfterSeconds: waitSeconds,
      });
    },
    note(address, error) {
      if (error instanceof WrongKey && address !== null) buckets.take(address, MISTAKES);
    },
  };
}

export function limitWrongKeys(limit: WrongKeyLimit): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const address = c.get("address");
    limit.check(address);
    await next();
    limit.note(address, c.error);
  });
}
