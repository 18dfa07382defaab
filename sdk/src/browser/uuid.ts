/**
 * Creates UUIDs of version 7: they sort by time, then by a counter. The random bits are drawn once a
 * page: time and counter tell the ids of one page apart. They are the end of a UUID of version 4, which
 * the browser makes at a third of what random bytes cost; on plain HTTP, where there is none and anyone
 * on the way reads the ids, decimal digits do.
 *
 * @returns makes the next id, of a moment in milliseconds since the Unix epoch
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function createUuids(): (now: number) => string {
  const end =
    crypto.randomUUID?.().slice(18) ??
    Math.random()
      .toFixed(15)
      .replace(/..(...)/, "-8$1-");
  let count = 0;
  return (now) => {
    // A page may have patched the clock to tell fractions.
    const time = Math.floor(now).toString(16).padStart(12, "0");
    const order = (0x7000 + (count++ % 4_096)).toString(16);
    return `${time.slice(0, 8)}-${time.slice(8)}-${order}${end}`;
  };
}
