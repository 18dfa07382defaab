import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";

/** Thrown where a webhook would reach into a private network. */
export class BlockedAddressError extends Error {
  override name = "BlockedAddressError";
  readonly code = "BLOCKED_ADDRESS";
}

/** Public by the registries, but a cloud's own metadata and host service. */
const INTERNAL = new Set(["168.63.129.16"]);

/** Whether an address is one of the open internet. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === "unicast" && !INTERNAL.has(parsed.toString());
}

/** The host of a URL without the brackets of IPv6. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, "");
}

/** @throws {BlockedAddressError} for a host that is a private address or the own machine by name */
export function checkLiteralHost(hostname: string): void {
  const host = bareHost(hostname);
  const isOwnName = /(^|\.)localhost\.?$/i.test(host);
  if (isOwnName || (isIP(host) !== 0 && !isPublicAddress(host))) {
    throw new BlockedAddressError(`${host} is not a public address`);
  }
}

export type LookupAll = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * A `lookup` for sockets that refuses a name as soon as one of its addresses is not public. It
 * decides on the addresses that the socket will use, so that a name which changes its mind between
 * check and connect gains nothing.
 */
export function createGuardedLookup(lookupAll: LookupAll = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookupAll(hostname, { all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const blocked = addresses.find(({ address }) => !isPublicAddress(address));
      if (blocked || addresses.length === 0) {
        const what = blocked
          ? `${hostname} leads to ${blocked.address}`
          : `${hostname} leads nowhere`;
        return callback(new BlockedAddressError(what), "", 0);
      }
      if (options.all) return callback(null, addresses);
      const [first] = addresses as [LookupAddress];
      callback(null, first.address, first.family);
    });
  };
}
