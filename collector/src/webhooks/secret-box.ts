import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

/** Names the key in stored bytes, so that another can follow. */
const KEY_VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts small secrets at rest. */
export interface SecretBox {
  /** @param owner - the id of the row it belongs to; it can be opened for that row only */
  seal(secret: string, owner: string): Buffer;
  /** @throws {Error} for bytes of another owner, of another application secret, or damaged ones */
  open(sealed: Buffer, owner: string): string;
}

/**
 * AES-256-GCM with a random nonce a secret, under a key derived from the application secret; the
 * owner's id is authenticated with it, so that a copied column is worth nothing.
 */
export function createSecretBox(appSecret: string): SecretBox {
  const key = Buffer.from(hkdfSync("sha256", appSecret, "", "telltale secrets at rest", 32));
  return {
    seal(secret, owner) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(owner));
      const sealed = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(KEY_VERSION), nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed, owner) {
      if (sealed[0] !== KEY_VERSION) throw new Error("this secret is sealed with an unknown key");
      const tagAt = 1 + NONCE_BYTES;
      const textAt = tagAt + TAG_BYTES;
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, tagAt), {
        authTagLength: TAG_BYTES,
      })
        .setAAD(Buffer.from(owner))
        .setAuthTag(sealed.subarray(tagAt, textAt));
      return Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]).toString();
    },
  };
}
