import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { compareAppSecret, findAppSecret, getAppSecret } from "./app-secret.ts";
import { examine } from "./examine.ts";

const test = useTestDatabase();
const ONE = "one secret of at least thirty-two characters";
const OTHER = "another secret, also long enough to be taken";
const NOW = "2026-06-15T12:00:00Z";

describe("the application secret", () => {
  it("is made once in the data folder, unless the settings name one", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "telltale-secret-"));
    try {
      expect(await findAppSecret({ appSecret: undefined, dataDir })).toBeNull();
      const made = await getAppSecret({ appSecret: undefined, dataDir });
      expect(made.length).toBeGreaterThanOrEqual(32);
      expect(await getAppSecret({ appSecret: undefined, dataDir })).toBe(made);
      expect(await getAppSecret({ appSecret: ONE, dataDir })).toBe(ONE);
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });

  it("may change while nothing is sealed, and is told apart from another once something is", async () => {
    const { sql } = test.database;
    expect(await compareAppSecret(sql, ONE, NOW)).toBe("same");
    expect(await compareAppSecret(sql, OTHER, NOW)).toBe("same");
    const collector = await createTestCollector(test.database);
    const endpoint = { url: "https://example.com/receiver" };
    expect((await collector.call("POST", "/v1/webhook-endpoints", endpoint)).status).toBe(201);
    expect(await compareAppSecret(sql, OTHER, NOW)).toBe("same");
    expect(await compareAppSecret(sql, ONE, NOW)).toBe("different");
    const look = async (appSecret: string | null) => {
      const findings = await examine(sql, { nowMs: Date.now(), recount: "nothing", appSecret });
      return findings.find(({ check }) => check === "APP_SECRET")?.isGood;
    };
    expect(await look(OTHER)).toBe(true);
    expect(await look(ONE)).toBe(false);
    expect(await look(null)).toBe(true);
    const [noted] = await sql`SELECT fingerprint FROM app_secret_fingerprint`;
    expect(noted?.fingerprint).toMatch(/^[0-9a-f]{32}$/);
  });
});
