/**
 * A hash that is the same on every machine and in every version.
 *
 * @module
 */

const PRIME = 0x100000001b3n;
const OFFSET = 0xcbf29ce484222325n;

/**
 * FNV-1a, 64 bits, over the UTF-8 bytes of a text, as 16 hexadecimal digits.
 *
 * For names and for splitting accounts, not for secrets.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv-21
 */
export function stableHash(text: string): string {
  let hash = OFFSET;
  for (const byte of utf8(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, "0");
}

/**
 * A number from 0 up to but not including 1 that stands for a text, evenly spread even among texts that look alike.
 *
 * FNV's first bits hardly feel the last letters, so the hash goes through MurmurHash3's finaliser.
 *
 * @see https://github.com/aappleby/smhasher/wiki/MurmurHash3
 */
export function stableFraction(text: string): number {
  let hash = BigInt(`0x${stableHash(text)}`);
  for (const factor of [0xff51afd7ed558ccdn, 0xc4ceb9fe1a85ec53n]) {
    hash = BigInt.asUintN(64, (hash ^ (hash >> 33n)) * factor);
  }
  return Number((hash ^ (hash >> 33n)) >> 11n) / 2 ** 53;
}

function* utf8(text: string): Generator<number> {
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) yield code;
    else if (code < 0x800) yield* [0xc0 | (code >> 6), 0x80 | (code & 63)];
    else if (code < 0x10000) {
      yield* [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
    } else {
      yield 0xf0 | (code >> 18);
      yield* [0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)];
    }
  }
}
