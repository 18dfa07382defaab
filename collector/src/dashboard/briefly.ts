interface Kept<Value> {
  value: Promise<Value>;
  until: number;
}

/**
 * Remembers answers for a short time by key, so that a page that many look at is made of the same
 * figures once. Failures are not remembered, nor what is not worth keeping.
 *
 * @param clock - milliseconds since the epoch
 */
export function createBriefMemory<Value>(
  clock: () => number,
  options: { keepMs: number; most: number; isWorthKeeping?: (value: Value) => boolean },
): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Kept<Value>>();
  return (key, make) => {
    const known = kept.get(key);
    if (known && known.until > clock()) return known.value;
    if (kept.size >= options.most) kept.clear();
    const value = make();
    kept.set(key, { value, until: clock() + options.keepMs });
    value.then(
      (made) => {
        if (options.isWorthKeeping?.(made) === false) kept.delete(key);
      },
      () => kept.delete(key),
    );
    return value;
  };
}
