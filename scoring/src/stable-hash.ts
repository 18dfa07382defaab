/**
 * A hash that is the same on every machine and in every version.
 *
 * @module
 */

const TWO_TO_32 = 0x1_0000_0000;
/** FNV's prime is 2⁴⁰ + 435. */
const PRIME_LOW = 435;

/**
 * FNV-1a, 64 bits, over the UTF-8 bytes of a text, as 16 hexadecimal digits.
 *
 * For names and for splitting accounts, not for secrets.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv-21
 */
export function stableHash(text: string): string {
  // The 64 bits are two halves of 32, whose products with 435 a double holds exactly.
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of utf8(text)) {
    const mixed = (low ^ byte) >>> 0;
    const product = mixed * PRIME_LOW;
    low = product >>> 0;
    high = (high * PRIME_LOW + (product - low) / TWO_TO_32 + ((mixed << 8) >>> 0)) >>> 0;
  }
  return toHex(high) + toHex(low);
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

const toHex = (word: number): string => word.toString(16).padStart(8, "0");

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) as number;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) {
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    } else {
      bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63));
      bytes.push(0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
      i++;
    }
  }
  return bytes;
}
