import { describe, expect, it } from "vitest";
import { createSignInLimits } from "./limit-sign-in.ts";

const tries = (count: number, take: (one: number) => void): boolean[] =>
  Array.from({ length: count }, (_, one) => {
    try {
      take(one);
      return true;
    } catch {
      return false;
    }
  });

describe("createSignInLimits", () => {
  it("lets one address try fifty members from the first to the twentieth", () => {
    const limits = createSignInLimits(() => 0);
    const allowed = tries(50, (one) =>
      limits.takePassword("10.0.0.1", `member${one}@example.test`),
    );
    expect(allowed.indexOf(false)).toBe(20);
    expect(allowed.slice(20)).not.toContain(true);
  });

  it("lets a thousand addresses try one member fifty times, and others undisturbed", () => {
    const limits = createSignInLimits(() => 0);
    const allowed = tries(1_000, (one) => limits.takePassword(`10.0.${one}`, "ada@example.test"));
    expect(allowed.filter(Boolean)).toHaveLength(50);
    expect(() => limits.takePassword("10.1.1", "grace@example.test")).not.toThrow();
  });

  it("forgives with time", () => {
    let now = 0;
    const limits = createSignInLimits(() => now);
    const once = () => limits.takePassword("10.0.0.1", "ada@example.test");
    expect(tries(6, once).at(-1)).toBe(false);
    now += 180_000;
    expect(tries(2, once)).toEqual([true, false]);
  });
});
