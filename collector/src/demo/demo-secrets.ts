import { createHmac } from "node:crypto";

function derive(appSecret: string, purpose: string): Buffer {
  return createHmac("sha256", appSecret).update(`demo ${purpose}`).digest();
}

/**
 * The write key in the demo product's page. Keys are stored as hashes, so it is derived anew at
 * each start rather than remembered.
 */
export function demoWriteKey(appSecret: string): string {
  return `wk_demo${derive(appSecret, "write key").toString("hex").slice(0, 40)}`;
}

/** The secret that the demo's receiver verifies signatures with. */
export function demoWebhookSecret(appSecret: string): string {
  return `whsec_${derive(appSecret, "webhook secret").toString("base64")}`;
}
