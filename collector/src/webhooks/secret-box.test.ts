import { describe, expect, it } from "vitest";
import { createSecretBox } from "./secret-box.ts";

const box = createSecretBox("an application secret of more than 32 characters");

describe("the secret box", () => {
  it("opens what it sealed, for the same owner only", () => {
    const sealed = box.seal("whsec_abc", "owner-1");
    expect(box.open(sealed, "owner-1")).toBe("whsec_abc");
    expect(() => box.open(sealed, "owner-2")).toThrow();
  });

  it("never seals the same secret to the same bytes", () => {
    expect(box.seal("same", "owner").equals(box.seal("same", "owner"))).toBe(false);
  });

  it("refuses damaged bytes and those of another application secret", () => {
    const sealed = box.seal("whsec_abc", "owner");
    const damaged = Buffer.from(sealed);
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    expect(() => box.open(damaged, "owner")).toThrow();
    expect(() =>
      createSecretBox("another secret of more than 32 chars").open(sealed, "owner"),
    ).toThrow();
  });
});
