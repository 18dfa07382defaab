interface Kept<Value> {
  value: Promise<Value>;
  until: number;
}

/**
 * Remembers answers for a short time by key, so that a page that many look at is made of the same
 * figures once. Failures are not remembered.
 *
 * @param clock - milliseconds since the epoch
 */
export function createBriefMemory<Value>(
  clock: () => number,
  options: { keepMs: number; most: number },
): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Kept<Value>>();
  return (key, make) => {
    const known = kept.get(key);
    if (known && known.until > clock()) return known.value;
    if (kept.size >= options.most) kept.clear();
    const value = make();
    kept.set(key, { value, until: clock() + options.keepMs });
    value.catch(() => kept.delete(key));
    return value;
  };
}
