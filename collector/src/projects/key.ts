import { hash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** `write`: public, may only send. `secret`: for servers, may read and import. */
export type KeyKind = "write" | "secret";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX = { write: "wk_", secret: "sk_" } as const;

function base62(value: bigint, length: number): string {
  let text = "";
  for (let rest = value; text.length < length; rest /= 62n) {
    text = ALPHABET[Number(rest % 62n)] + text;
  }
  return text;
}

/**
 * A new key: its kind, 32 random bytes, and a checksum that lets a secret scanner tell a real key
 * from a look-alike.
 */
export function createKey(kind: KeyKind): string {
  const body = base62(BigInt(`0x${randomBytes(32).toString("hex")}`), 43);
  return `${PREFIX[kind]}${body}${base62(BigInt(crc32(body)), 6)}`;
}

/** SHA-256 of a key: a key has 256 random bits, so a slow hash would add nothing. */
export function hashKey(key: string): Buffer {
  return hash("sha256", key, "buffer");
}

/** The part of a key that may be shown, to tell keys apart. */
export function keyPrefix(key: string): string {
  return key.slice(0, 8);
}
