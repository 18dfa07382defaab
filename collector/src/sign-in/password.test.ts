import { describe, expect, it } from "vitest";
import { hashPassword, isPassword } from "./password.ts";

describe("a stored password", () => {
  it("fits itself alone, however its characters are composed", async () => {
    const stored = await hashPassword("Zürich an der Limmat");
    expect(stored).toMatch(/^scrypt\$15\$8\$3\$[\w-]{22}\$[\w-]{43}$/);
    expect(await isPassword("Zürich an der Limmat".normalize("NFD"), stored)).toBe(true);
    expect(await isPassword("Zürich an der Sihl", stored)).toBe(false);
  });

  it("has a salt of its own", async () => {
    const [one, other] = await Promise.all([hashPassword("the same"), hashPassword("the same")]);
    expect(one).not.toBe(other);
  });

  it("is nobody's where there is none", async () => {
    expect(await isPassword("anything", null)).toBe(false);
  });
});
