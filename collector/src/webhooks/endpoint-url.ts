import { lookup as systemLookup } from "node:dns";
import { Problem } from "../problem.ts";
import {
  BlockedAddressError,
  bareHost,
  checkLiteralHost,
  createGuardedLookup,
  type LookupAll,
} from "./address-guard.ts";

/** Which receivers may be reached. */
export interface WebhookPolicy {
  isPrivateAllowed: boolean;
  /** `host:port` of receivers that may be reached although private. */
  allowedHosts: readonly string[];
  /** Replaces the system's name service in tests. */
  lookup?: LookupAll;
}

/** Nothing private may be reached. */
export const STRICT_POLICY: WebhookPolicy = { isPrivateAllowed: false, allowedHosts: [] };

const LOOKUP_TIMEOUT_MS = 2_000;

/** `host:port` of a URL, the port always written out. */
export function hostAndPort(url: URL): string {
  return `${bareHost(url.hostname)}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}

/**
 * Refuses a URL that leads into a private network. This is for the person who types it; what
 * protects is the check at connect time, as a name may lead elsewhere tomorrow.
 *
 * @throws {Problem} invalid-request
 */
export async function checkEndpointUrl(value: string, policy: WebhookPolicy): Promise<void> {
  const url = new URL(value);
  if (policy.isPrivateAllowed || policy.allowedHosts.includes(hostAndPort(url))) return;
  try {
    checkLiteralHost(url.hostname);
    await resolvePublic(bareHost(url.hostname), policy.lookup ?? systemLookup);
  } catch (error) {
    if (!(error instanceof BlockedAddressError)) throw error;
    throw new Problem("invalid-request", "The URL leads to a private address.", {
      errors: [
        {
          pointer: "/url",
          detail: `leads to a private network (${error.message}); ALLOW_PRIVATE_WEBHOOKS=1 would permit it`,
        },
      ],
    });
  }
}

/** A name that can't be resolved now may be fine later; only a private answer is a fault. */
function resolvePublic(hostname: string, lookup: LookupAll): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, LOOKUP_TIMEOUT_MS);
    createGuardedLookup(lookup)(hostname, { all: true }, (error) => {
      clearTimeout(timer);
      if (error instanceof BlockedAddressError) reject(error);
      else resolve();
    });
  });
}
