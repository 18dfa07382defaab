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

  function refill(key: string, { perSecond, burst }: Rate): Bucket {
    const at = now();
    const known = buckets.get(key);
    const tokens = known
      ? Math.min(burst, known.tokens + ((at - known.at) / 1_000) * perSecond)
      : burst;
    const bucket = { tokens, at };
    // A map keeps the order of insertion: taking a key out and in again makes it the newest.
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > maxKeys) buckets.delete(buckets.keys().next().value as string);
    return bucket;
  }

  const secondsUntilOne = (tokens: number, { perSecond }: Rate) =>
    tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));

  return {
    take(key, rate) {
      const bucket = refill(key, rate);
      const seconds = secondsUntilOne(bucket.tokens, rate);
      if (seconds === 0) bucket.tokens -= 1;
      return seconds;
    },
    wait: (key, rate) => secondsUntilOne(refill(key, rate).tokens, rate),
  };
}
