import { Problem } from "../problem.ts";
import type { KeyHolder } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import type { Rate, TokenBuckets } from "../token-buckets.ts";

/** A project's browsers together; one address, which may be a whole office; a server. */
const WRITE_KEY_RATE = 1_000;
const ADDRESS_RATE = 100;
const SECRET_KEY_RATE = 2_000;
const BURST_SECONDS = 5;

const toRate = (perSecond: number): Rate => ({ perSecond, burst: perSecond * BURST_SECONDS });

/**
 * Keeps one project, and one address of it, from taking the collector for itself.
 *
 * @throws {Problem} too-many-requests with the seconds to wait
 */
export function limitRate(buckets: TokenBuckets, holder: KeyHolder, address: string | null): void {
  const { id, settings } = holder.project;
  const { rateLimits } = readSettings(settings);
  if (holder.kind === "secret") {
    requireToken(buckets.take(`sk ${id}`, toRate(SECRET_KEY_RATE)));
    return;
  }
  if (address !== null) {
    const perAddress = rateLimits.perAddressPerSecond ?? ADDRESS_RATE;
    requireToken(buckets.take(`${address} ${id}`, toRate(perAddress)));
  }
  requireToken(buckets.take(`wk ${id}`, toRate(rateLimits.requestsPerSecond ?? WRITE_KEY_RATE)));
}

function requireToken(waitSeconds: number): void {
  if (waitSeconds === 0) return;
  throw new Problem("too-many-requests", "Too many requests; see Retry-After.", {
    retryAfterSeconds: waitSeconds,
  });
}
