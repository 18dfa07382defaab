import { createHash, randomBytes } from "node:crypto";

/** A bearer token of 256 random bits, fit for a URL and a cookie. */
export function createToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a token: SHA-256 is enough for 256 random bits. */
export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
