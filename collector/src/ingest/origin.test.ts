import { describe, expect, it } from "vitest";
import type { KeyHolder } from "../projects/queries.ts";
import { checkOrigin } from "./origin.ts";

const holder = (kind: "write" | "secret", allowedOrigins?: unknown) =>
  ({ kind, project: { settings: { allowedOrigins } } }) as unknown as KeyHolder;

describe("checkOrigin", () => {
  it("lets a page on the list pass", () => {
    const listed = holder("write", ["https://app.example.com"]);
    expect(() => checkOrigin(listed, "https://app.example.com")).not.toThrow();
  });

  it.each([["https://evil.example"], [undefined], ["null"], ["https://app.example.com.evil.io"]])(
    "refuses the origin %s",
    (origin) => {
      const listed = holder("write", ["https://app.example.com"]);
      expect(() => checkOrigin(listed, origin)).toThrow(/not on this project's list/);
    },
  );

  it("asks nothing of a project without a list, nor of a secret key", () => {
    expect(() => checkOrigin(holder("write"), "https://any.example")).not.toThrow();
    expect(() => checkOrigin(holder("secret", ["https://a.example"]), undefined)).not.toThrow();
  });
});
