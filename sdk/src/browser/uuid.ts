/**
 * A UUID of version 7: sorts by time, then by a counter. It draws the random bits itself because
 * `crypto.randomUUID` is missing on plain HTTP, and makes version 4.
 *
 * @param now - milliseconds since the Unix epoch
 * @param count - puts those of one millisecond in order; its lowest 12 bits count
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function createUuid(now: number, count: number): string {
  const hex = (value: number | bigint, digits: number) => value.toString(16).padStart(digits, "0");
  const time = hex(now, 12);
  const random = hex(crypto.getRandomValues(new BigUint64Array(1))[0]!, 16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count % 4_096, 3)}-8${random.slice(0, 3)}-${random.slice(3, 15)}`;
}
