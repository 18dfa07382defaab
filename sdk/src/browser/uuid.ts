/**
 * A UUID of version 7: sortable by the millisecond of its making, random otherwise.
 *
 * @param now - milliseconds since the Unix epoch
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7
 */
export function createUuid(now: number): string {
  const [a, b, c, d, e] = crypto.getRandomValues(new Uint16Array(5)) as unknown as number[];
  const time = (now + 2 ** 48).toString(16).slice(-12);
  const hex = (bits: number) => (bits + 65_536).toString(16).slice(1);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a!).slice(1)}-${hex((b! & 0x3fff) | 0x8000)}-${hex(c!)}${hex(d!)}${hex(e!)}`;
}
