import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { withPort } from "../../test/server.ts";
import type { KeyHolder } from "../projects/queries.ts";
import { createTokenBuckets } from "../token-buckets.ts";
import { limitRate } from "./limit-rate.ts";

const test = useTestDatabase();

function holderOf(kind: "write" | "secret", rateLimits: Record<string, number> = {}): KeyHolder {
  const project = { id: `project of ${kind}`, settings: { rateLimits } };
  return { kind, project } as unknown as KeyHolder;
}

/** How many of so many requests at one moment pass. */
function countPassing(count: number, ask: (nth: number) => void): number {
  let passed = 0;
  for (let nth = 0; nth < count; nth += 1) {
    try {
      ask(nth);
      passed += 1;
    } catch (error) {
      expect(error).toMatchObject({ kind: "too-many-requests" });
    }
  }
  return passed;
}

describe("limitRate", () => {
  const still = () => createTokenBuckets(1_000, () => 0);

  it("lets an address have five seconds' worth at once, and other addresses theirs", () => {
    const buckets = still();
    const holder = holderOf("write", { perAddressPerSecond: 4, requestsPerSecond: 1_000 });
    expect(countPassing(50, () => limitRate(buckets, holder, "1.1.1.1"))).toBe(20);
    expect(countPassing(50, () => limitRate(buckets, holder, "2.2.2.2"))).toBe(20);
  });

  it("holds all addresses of a project together to the project's rate", () => {
    const holder = holderOf("write", { perAddressPerSecond: 1_000, requestsPerSecond: 4 });
    const buckets = still();
    expect(countPassing(50, (nth) => limitRate(buckets, holder, `1.1.1.${nth}`))).toBe(20);
  });

  it("takes nothing from the servers of a project whose browsers are too many", () => {
    const buckets = still();
    const limits = { perAddressPerSecond: 1, requestsPerSecond: 1 };
    countPassing(50, () => limitRate(buckets, holderOf("write", limits), "1.1.1.1"));
    const ask = () => limitRate(buckets, holderOf("secret", limits), "1.1.1.1");
    expect(countPassing(50, ask)).toBe(50);
  });

  it("has generous limits where a project sets none", () => {
    const buckets = still();
    expect(countPassing(600, () => limitRate(buckets, holderOf("write"), "1.1.1.1"))).toBe(500);
    expect(countPassing(11_000, () => limitRate(buckets, holderOf("secret"), null))).toBe(10_000);
  });

  it("says over HTTP how long to wait, in a header that a page of another origin may read", async () => {
    const settings = { rateLimits: { perAddressPerSecond: 1 } };
    const collector = await createTestCollector(test.database, { settings });
    const headers = { authorization: `Bearer ${collector.writeKey}` };
    await withPort(collector, async (url) => {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          fetch(`${url}/v1/batch`, { method: "POST", headers, body: '{"batch":[]}' }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(3);
      for (const { headers: sent } of refused) {
        expect(sent.get("retry-after")).toBe("1");
        expect(sent.get("access-control-allow-origin")).toBe("*");
        expect(sent.get("access-control-expose-headers")).toContain("retry-after");
        expect(sent.get("content-type")).toContain("application/problem+json");
      }
    });
  });
});
