/**
 * Creates UUIDs of version 7: they sort by time, then by a counter. The random bits are drawn once a
 * page: time and counter tell the ids of one page apart. `crypto.randomUUID` is missing on plain HTTP,
 * and makes version 4.
 *
 * @returns makes the next id, of a moment in milliseconds since the Unix epoch
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function createUuids(): (now: number) => string {
  const random = crypto.getRandomValues(new BigUint64Array(1))[0]!.toString(16).padStart(16, "0");
  let count = 0;
  return (now) => {
    // A page may have patched the clock to tell fractions.
    const time = Math.floor(now).toString(16).padStart(12, "0");
    const order = (0x7000 + (count++ % 4_096)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-${order}-8${random.slice(0, 3)}-${random.slice(4)}`;
  };
}
