interface Kept<Value> {
  value: Promise<Value>;
  madeAt: number;
  isRenewing: boolean;
}

interface MemoryOptions<Value> {
  /** An answer older than this is made anew, beside the one who asks. */
  keepMs: number;
  /** An answer older than this is not given any more. */
  staleMs: number;
  most: number;
  isWorthKeeping?: (value: Value) => boolean;
}

/**
 * Remembers answers for a short time by key, so that a page that many look at is made of the same
 * figures once, and nobody waits while they are made again. Failures are not remembered, nor what
 * is not worth keeping.
 *
 * @param clock - milliseconds since the epoch
 */
export function createBriefMemory<Value>(
  clock: () => number,
  options: MemoryOptions<Value>,
): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Kept<Value>>();

  function keep(key: string, make: () => Promise<Value>): Promise<Value> {
    if (kept.size >= options.most) kept.clear();
    const entry = { value: make(), madeAt: clock(), isRenewing: false };
    kept.set(key, entry);
    const forget = () => {
      if (kept.get(key) === entry) kept.delete(key);
    };
    entry.value.then((made) => {
      if (options.isWorthKeeping?.(made) === false) forget();
    }, forget);
    return entry.value;
  }

  function renew(key: string, known: Kept<Value>, make: () => Promise<Value>): void {
    if (known.isRenewing) return;
    known.isRenewing = true;
    make().then(
      (made) => {
        if (kept.get(key) === known) keep(key, async () => made);
      },
      () => {
        known.isRenewing = false;
      },
    );
  }

  return (key, make) => {
    const known = kept.get(key);
    const age = known ? clock() - known.madeAt : Number.POSITIVE_INFINITY;
    if (!known || age > options.staleMs) return keep(key, make);
    if (age > options.keepMs) renew(key, known, make);
    return known.value;
  };
}
