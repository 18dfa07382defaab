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
 * Token buckets in memory, of a bounded number of keys: beyond it those unused for longest are
 * forgotten, which can only make them freer.
 *
 * @param now - monotonic milliseconds
 */
export function createTokenBuckets(maxKeys = 50_000, now = () => performance.now()): TokenBuckets {
  /** Keys used since the last turn of generations, and those of the generation before. */
  let recent = new Map<string, Bucket>();
  let older = new Map<string, Bucket>();

  function tokensOf(bucket: Bucket, { perSecond, burst }: Rate, at: number): number {
    return Math.min(burst, bucket.tokens + ((at - bucket.at) / 1_000) * perSecond);
  }

  const find = (key: string): Bucket | undefined => recent.get(key) ?? older.get(key);

  function keep(key: string, bucket: Bucket): void {
    if (recent.size >= maxKeys / 2) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, bucket);
  }

  const secondsUntilOne = (tokens: number, { perSecond }: Rate) =>
    tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond));

  return {
    take(key, rate) {
      const at = now();
      let bucket = recent.get(key);
      if (!bucket) {
        bucket = older.get(key) ?? { tokens: rate.burst, at };
        keep(key, bucket);
      }
      bucket.tokens = tokensOf(bucket, rate, at);
      bucket.at = at;
      const seconds = secondsUntilOne(bucket.tokens, rate);
      if (seconds === 0) bucket.tokens -= 1;
      return seconds;
    },
    wait(key, rate) {
      const bucket = find(key);
      return bucket ? secondsUntilOne(tokensOf(bucket, rate, now()), rate) : 0;
    },
  };
}
