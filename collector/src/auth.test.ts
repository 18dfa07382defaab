import { describe, expect, it } from "vitest";
import { createTestCollector } from "../test/collector.ts";
import { useTestDatabase } from "../test/database.ts";
import { keyOfHeader } from "./auth.ts";

const test = useTestDatabase();
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("keyOfHeader", () => {
  it.each([
    ["Bearer sk_1", "sk_1"],
    ["bearer sk_1", "sk_1"],
    [basic("wk_1:"), "wk_1"],
    [basic("wk_1:password"), "wk_1"],
    [basic("wk_1"), "wk_1"],
    [basic(":"), null],
    ["Digest wk_1", null],
    ["Bearer", null],
    ["", null],
    [undefined, null],
  ])("reads %s", (header, key) => {
    expect(keyOfHeader(header)).toBe(key);
  });
});

describe("requireSecretKey", () => {
  it("answers 401 without a key or with a wrong one, and 403 to a write key", async () => {
    const { app, writeKey, secretKey } = await createTestCollector(test.database);
    const ask = async (authorization?: string) => {
      const headers = authorization === undefined ? {} : { authorization };
      return (await app.request("/v1/accounts", { headers })).status;
    };
    expect(await ask()).toBe(401);
    expect(await ask("Bearer sk_nobody")).toBe(401);
    expect(await ask(`Bearer ${writeKey}`)).toBe(403);
    expect(await ask(basic(`${writeKey}:`))).toBe(403);
    expect(await ask(`Bearer ${secretKey}`)).toBe(200);
  });
});
