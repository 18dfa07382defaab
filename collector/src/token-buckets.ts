/** Rates, each key with an allowance of its own. */
export interface TokenBuckets {
  /**
   * Takes one token of a key.
   *
   * @returns 0 when there was one, else the seconds until there is, rounded up
   */
  take(key: string, rate: Rate): number;
  /** The same without taking. */
  wait(key: string, rate: Rate): number;
}

export interface Rate {
  /** Tokens that come back a second. */
  perSecond: number;
  /** Tokens that may be taken at once. */
  burst: number;
}

interface Bucket {
  tokens: number;
  /** When {@link tokens} was right, in milliseconds. */
  at: number;
}

/**
 * Token buckets in memory, of a bounded number of keys: beyond it the longest unused key is
 * forgotten, which can only make it freer.
 *
 * @param now - monotonic milliseconds
 */
export function createTokenBuckets(maxKeys = 50_000, now = () => performance.now()): TokenBuckets {
  const buckets = new Map<string, Bucket>();

  function tokensOf(bucket: Bucket, { perSecond, burst }: Rate, at: number): number {
    return Math.min(burst, bucket.tokens + ((at - bucket.at) / 1_000) * perSecond);
  }

  /** A map keeps the order of insertion: taking a key out and in again makes it the newest. */
  function makeNewest(key: string, bucket: Bucket): void {
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value as string);
  }

  const secondsUntilOne = (tokens: number, { perSecond }: Rate) =>
    tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));

  return {
    take(key, rate) {
      const at = now();
      const bucket = buckets.get(key) ?? { tokens: rate.burst, at };
      bucket.tokens = tokensOf(bucket, rate, at);
      bucket.at = at;
      makeNewest(key, bucket);
      const seconds = secondsUntilOne(bucket.tokens, rate);
      if (seconds === 0) bucket.tokens -= 1;
      return seconds;
    },
    wait(key, rate) {
      const bucket = buckets.get(key);
      return bucket ? secondsUntilOne(tokensOf(bucket, rate, now()), rate) : 0;
    },
  };
}
