import type { Context } from "hono";
import { describe, expect, it } from "vitest";
import { findClientAddress } from "./client-address.ts";

/** A request as Node hands it over, as far as the address needs it. */
function requestFrom(peer: string | undefined, forwarded?: string): Context {
  const incoming = peer === undefined ? undefined : { socket: { remoteAddress: peer } };
  return {
    env: incoming && { incoming },
    req: { header: (name: string) => (name === "x-forwarded-for" ? forwarded : undefined) },
  } as unknown as Context;
}

const PEER = "10.0.0.9";

describe("findClientAddress", () => {
  it("is the peer's where no proxy is trusted, whatever a header says", () => {
    expect(findClientAddress(requestFrom(PEER, "1.1.1.1"), 0)).toBe(PEER);
    expect(findClientAddress(requestFrom(PEER), 0)).toBe(PEER);
  });

  it.each([
    [1, "1.1.1.1", "1.1.1.1"],
    [1, "6.6.6.6, 1.1.1.1", "1.1.1.1"],
    [2, "6.6.6.6, 1.1.1.1, 10.0.0.8", "1.1.1.1"],
    [2, "6.6.6.6,1.1.1.1,10.0.0.8", "1.1.1.1"],
  ])("behind %i proxies believes only what these appended to %s", (hops, forwarded, address) => {
    expect(findClientAddress(requestFrom(PEER, forwarded), hops)).toBe(address);
  });

  it.each([undefined, "", "1.1.1.1, "])(
    "is the peer's where a proxy should have written and did not: %j",
    (forwarded) => {
      expect(findClientAddress(requestFrom(PEER, forwarded), 1)).toBe(PEER);
      expect(findClientAddress(requestFrom(PEER, "1.1.1.1"), 2)).toBe(PEER);
    },
  );

  it("is nobody's without a socket", () => {
    expect(findClientAddress(requestFrom(undefined, "1.1.1.1"), 1)).toBeNull();
  });
});
