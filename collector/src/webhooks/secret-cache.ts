import type { SecretBox } from "./secret-box.ts";

const MAX_KEPT = 2_000;

/**
 * Opens secrets of rows that are used over and over, once each: opening costs as much as signing
 * does. What is kept is bound to owner and sealed bytes, so that a rotated secret is opened anew.
 */
export function createSecretCache(box: Pick<SecretBox, "open">): Pick<SecretBox, "open"> {
  const kept = new Map<string, string>();
  return {
    open(sealed, owner) {
      const key = owner + sealed.toString("latin1");
      const known = kept.get(key);
      if (known !== undefined) return known;
      const secret = box.open(sealed, owner);
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(key, secret);
      return secret;
    },
  };
}
