import { Problem } from "../problem.ts";
import { createTokenBuckets, type Rate } from "../token-buckets.ts";

const QUARTER_HOUR = 900;
const rate = (burst: number): Rate => ({ perSecond: burst / QUARTER_HOUR, burst });

/** Wrong links and passwords that one address may try. */
const PER_ADDRESS = rate(20);
/** Tries of one member's password from one address: who is locked out is the guesser. */
const PER_PAIR = rate(5);
/** Tries of one member's password from anywhere. */
const PER_MEMBER = rate(50);

/** Keeps guessers of links and passwords waiting. */
export interface SignInLimits {
  /** @throws {Problem} too-many-requests */
  checkAddress(address: string | null): void;
  countWrongLink(address: string | null): void;
  /** Counts a try before it is looked at. @throws {Problem} too-many-requests */
  takePassword(address: string | null, email: string): void;
}

/** @param clock - milliseconds since the epoch */
export function createSignInLimits(clock: () => number): SignInLimits {
  const buckets = createTokenBuckets(10_000, clock);
  const refuse = (seconds: number) => {
    if (seconds <= 0) return;
    throw new Problem("too-many-requests", "Too many tries; wait a little.", {
      retryAfterSeconds: seconds,
    });
  };
  return {
    checkAddress: (address) => refuse(buckets.wait(`address ${address}`, PER_ADDRESS)),
    countWrongLink(address) {
      buckets.take(`address ${address}`, PER_ADDRESS);
    },
    takePassword(address, email) {
      refuse(buckets.take(`pair ${address} ${email}`, PER_PAIR));
      refuse(buckets.take(`member ${email}`, PER_MEMBER));
      refuse(buckets.take(`address ${address}`, PER_ADDRESS));
    },
  };
}
