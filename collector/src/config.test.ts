import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { ConfigError, parseConfig } from "./config.ts";

describe("parseConfig", () => {
  it("gives every setting its default", () => {
    expect(parseConfig({})).toEqual({
      port: 4700,
      host: "127.0.0.1",
      databaseUrl: undefined,
      dataDir: ".telltale",
      publicUrl: undefined,
      writeKey: undefined,
      secretKey: undefined,
      isDemo: true,
      role: "all",
      logLevel: "info",
      isPrivateWebhookAllowed: false,
      trustedProxyHops: 0,
      appSecret: undefined,
    });
  });

  it("leaves the demo out on a database of your own", () => {
    expect(parseConfig({ DATABASE_URL: "postgres://h/d" }).isDemo).toBe(false);
    expect(parseConfig({ DATABASE_URL: "postgres://h/d", TELLTALE_DEMO: "1" }).isDemo).toBe(true);
  });

  it("takes a blank variable for an absent one", () => {
    expect(parseConfig({ PORT: " ", DATABASE_URL: "" }).port).toBe(4700);
  });

  it("takes no key in the place of the other kind, and no key twice", () => {
    const parse = (writeKey: string, secretKey: string) => () =>
      parseConfig({ TELLTALE_WRITE_KEY: writeKey, TELLTALE_SECRET_KEY: secretKey });
    expect(parse("wk_12345678", "sk_12345678")).not.toThrow();
    expect(parse("${TELLTALE_WRITE_KEY", "sk_12345678")).toThrow(/WRITE_KEY has a placeholder/);
    expect(parse("sk_12345678", "sk_87654321")).toThrow(/TELLTALE_WRITE_KEY must not be a key of/);
    expect(parse("wk_12345678", "wk_87654321")).toThrow(/TELLTALE_SECRET_KEY must not be a key of/);
    expect(parse("one and the same", "one and the same")).toThrow(/SECRET_KEY must differ from/);
  });

  it("takes the slash off the public address", () => {
    expect(parseConfig({ PUBLIC_URL: "https://t.example/" }).publicUrl).toBe("https://t.example");
  });

  it.each([
    "postgres://telltale:pa#ss@h/d",
    "postgres://telltale:pa/ss@h/d",
    "postgres://telltale:pa%ss@h/d",
    "postgres://h:99999/d",
  ])("tells of an address of the database that can't be read how to write it: %s", (url) => {
    expect(() => parseConfig({ DATABASE_URL: url })).toThrow(/DATABASE_URL can't be read.*%23/);
  });

  it.each([
    "postgres://telltale:p%23ss@h/d",
    "postgresql://u@one:5432,two:5433/d?target_session_attrs=read-write",
    "postgres:///d",
  ])("takes every form of address that the driver takes: %s", (url) => {
    expect(parseConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
  });

  it("lists every fault at once, by name", () => {
    const faulty = {
      PORT: "seventy",
      DATABASE_URL: "mysql://h/d",
      TELLTALE_ROLE: "boss",
      TELLTALE_DEMO: "yes",
      APP_SECRET: "short",
    };
    expect(() => parseConfig(faulty)).toThrow(ConfigError);
    for (const name of Object.keys(faulty)) {
      expect(() => parseConfig(faulty)).toThrow(name);
    }
  });

  it("knows every variable of .env.example, and that file names every variable", async () => {
    const example = await readFile(new URL("../../.env.example", import.meta.url), "utf8");
    const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    const source = await readFile(new URL("./config.ts", import.meta.url), "utf8");
    const known = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map(([, name]) => name);
    expect(named.sort()).toEqual(known.sort());
  });
});
