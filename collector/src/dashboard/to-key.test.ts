import { describe, expect, it } from "vitest";
import { toKey } from "./to-key.ts";

describe("toKey", () => {
  it.each([
    ["Fell 15 points", "fell-15-points"],
    ["  „Größe“ & Preis! ", "gr-e-preis"],
    ["…", ""],
    ["a".repeat(80), "a".repeat(60)],
  ])("makes of %j the key %j", (name, key) => {
    expect(toKey(name)).toBe(key);
  });

  it("joins words by another mark when told", () => {
    expect(toKey("Adoption gap", "_")).toBe("adoption_gap");
  });
});
