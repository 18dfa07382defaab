import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createKey, hashKey, keyPrefix } from "./key.ts";

describe("createKey", () => {
  it.each([
    ["write", /^wk_[0-9A-Za-z]{49}$/],
    ["secret", /^sk_[0-9A-Za-z]{49}$/],
  ] as const)("makes a %s key of 32 random bytes and a checksum", (kind, shape) => {
    const keys = Array.from({ length: 50 }, () => createKey(kind));
    for (const key of keys) expect(key).toMatch(shape);
    expect(new Set(keys).size).toBe(50);
  });

  it("ends in the checksum of its body", () => {
    const key = createKey("secret").slice(3);
    const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    const sum = [...key.slice(43)].reduce((value, one) => value * 62 + digits.indexOf(one), 0);
    expect(sum).toBe(crc32(key.slice(0, 43)));
  });
});

describe("hashKey", () => {
  it("is SHA-256 of the whole key", () => {
    expect(hashKey("wk_test").toString("hex")).toMatch(/^[0-9a-f]{64}$/);
    expect(hashKey("wk_test").equals(hashKey("wk_test"))).toBe(true);
    expect(hashKey("wk_test").equals(hashKey("wk_tesu"))).toBe(false);
  });
});

describe("keyPrefix", () => {
  it("shows eight characters", () => {
    expect(keyPrefix("wk_0123456789")).toBe("wk_01234");
  });
});
